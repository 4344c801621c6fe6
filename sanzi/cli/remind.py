"""`sanzi remind`: the day's reminders of overdue tasks, once a day and person."""

from .start import start


def run() -> int:
    """Send what has not been sent today; any later run of the day sends nothing."""
    start()
    from django.utils.timezone import now

    from sanzi.access.system import system_person
    from sanzi.campaigns.reminding.actions import send_reminders

    sent = send_reminders(by=system_person("system_reminder"), now=now())
    if sent.people:
        print(f"已向 {sent.people} 人发出今日催办，涉及 {sent.tasks} 项任务")
    else:
        print("没有要催办的，或今天已经发过")
    return 0
