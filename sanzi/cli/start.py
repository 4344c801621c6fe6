"""Starting Django for a command: settings, tables, and nothing before it is needed."""

import os


def start(*, quiet: bool = True) -> None:
    """Load the application and bring its tables up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanzi.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0 if quiet else 1, interactive=False)
