"""How the language pipeline that ships in ``reader/model`` is trained. See training/README.md."""
