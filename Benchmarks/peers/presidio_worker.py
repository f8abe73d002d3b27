"""Presidio's pattern recognisers over text files: no NLP model, no network. Called by bench.py in its own venv.

The NLP engine is a blank spaCy tokenizer, so that nothing but the recognisers' own work is measured; the public suffix
list comes from tldextract's own snapshot. A file is cut into documents of about 4 KB at paragraph ends, because one
analyze() call over a long text is slower a byte. Prints "documents results".
"""
import logging
import pathlib
import sys

import spacy
import tldextract

# Without this every e-mail address tries to download a list, and the wait would be charged to Presidio.
tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
logging.disable(logging.CRITICAL)

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: E402
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine  # noqa: E402


class Blank(NlpEngine):
    def __init__(self):
        self.nlp = spacy.blank("en")
        self.nlp.max_length = 1 << 30

    def load(self):
        pass

    def is_loaded(self):
        return True

    def process_text(self, text, language):
        tokens = self.nlp(text)
        return NlpArtifacts(entities=[], tokens=tokens, tokens_indices=[t.idx for t in tokens],
                            lemmas=[t.text.lower() for t in tokens], nlp_engine=self, language=language)

    def process_batch(self, texts, language, **options):
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word, language):
        return self.nlp.vocab[word].is_stop

    def is_punct(self, word, language):
        return self.nlp.vocab[word].is_punct

    def get_supported_entities(self):
        return []

    def get_supported_languages(self):
        return ["en"]


def documents(text, size=4000):
    part, length = [], 0
    for paragraph in text.split("\n\n"):
        part.append(paragraph)
        length += len(paragraph)
        if length >= size:
            yield "\n\n".join(part)
            part, length = [], 0
    if part:
        yield "\n\n".join(part)


def main():
    engine = Blank()
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=engine)
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])
    count = results = 0
    for path in sorted(p for p in pathlib.Path(sys.argv[1]).rglob("*") if p.is_file()):
        for document in documents(path.read_text(encoding="utf-8", errors="replace")):
            count += 1
            results += len(analyzer.analyze(document, language="en"))
    print(count, results)


main()
