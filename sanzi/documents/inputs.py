"""The form field that takes papers: any number of files, each asked what it is."""

from typing import Any

from django import forms

from .kinds import UnfitPaper, kind_of
from .papers import shown_name

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,.xlsx,.docx,.ofd,image/*"


class PapersInput(forms.FileField):
    """Any number of files, each asked by its bytes whether it can be taken."""

    class Chooser(forms.FileInput):
        allow_multiple_selected = True

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", self.Chooser(attrs={"accept": ACCEPTED, "multiple": True}))
        # Nothing is asked before kind_of, which says what to do.
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, (list, tuple)) else [data]
        files = [super(PapersInput, self).clean(one, initial) for one in given if one]
        if self.required and not files:
            raise forms.ValidationError("请选择要上传的文件")
        for file in files:
            try:
                kind_of(file.file, file.size or 0, shown_name(file.name or ""))
            except UnfitPaper as unfit:
                told = {"status": unfit.status}
                raise forms.ValidationError(unfit.message, unfit.code, told) from None
        return files
