"""Papers in the form of Decree 30/2020/NĐ-CP: what they say, and the three ways to write it down.

A paper is described once (`form`), without a word about fonts or files; `as_docx`, `as_pdf` and `as_xlsx` write it.
Each kind of paper is a file of its own that turns what was read into such a description.
"""
