"""Turn the editors' lists of persons, places and bodies into every form in which a document may name them.

    tei/authorities/*.xml → entries → forms (cases, initials, spellings) → keys → index

`entries` reads the lists, `forms` makes the forms by `declension` and `transliteration`, `keys` folds a form or a
stretch of text to the letters by which the two are compared, `index` holds all of it for looking up.
"""
