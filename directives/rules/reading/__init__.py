"""Reading a notice: from its paragraphs to proposed directives, by rules that a clerk would recognise."""
