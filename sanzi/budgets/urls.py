from django.urls import path

from .views import carried_out, rules, versions

app_name = "budgets"
urlpatterns = [
    path("", versions.budgets, name="budgets"),
    path("rules/", rules.rules, name="rules"),
    path("rules/set/", rules.set_rule, name="set-rule"),
    path("books/", versions.books, name="books"),
    path("books/<int:book>/", versions.book, name="book"),
    path("books/<int:book>/draft/", versions.draft, name="draft"),
    path("books/<int:book>/left/", carried_out.left, name="left"),
    path("books/<int:book>/<int:year>/execution/", carried_out.execution, name="execution"),
    path("books/<int:book>/<int:year>/final/", carried_out.final, name="final"),
    path("books/<int:book>/<int:year>/package/", carried_out.package, name="package"),
    path("<int:pk>/", versions.budget, name="budget"),
    path("<int:pk>/edit/", versions.edit, name="edit"),
    path("<int:pk>/approve/", versions.approve, name="approve"),
    path("<int:pk>/adjust/", versions.adjust, name="adjust"),
    path("<int:pk>/drop/", versions.drop, name="drop"),
    path("<int:pk>/compare/", versions.compare, name="compare"),
]
