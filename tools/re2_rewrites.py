"""The patterns of the API model that RE2 cannot compile, each with the same language in RE2's syntax.

RE2 has no look-around, no \\uXXXX, no \\p{Alnum}, and no count over 1,000. All patterns match the whole value. A
pattern with such a feature that is missing here fails tools/generate_model.py; one that RE2 refuses for another reason
fails the unit test that compiles them all (tests/unit/model/pattern_test.cpp).
"""

from typing import NamedTuple, Optional


class Rewrite(NamedTuple):
    re2: str
    # The rewrite leaves out a bound on the length that every shape with the pattern has as its own `max`. The generator
    # checks that it has.
    needs_max: Optional[int] = None


REWRITES = {
    # At least one character that is no blank, on one line.
    r"(?!\s*$).+": Rewrite(r".*[^\s\x0b].*"),
    r"(?=.{1,1024}$)(https)://([^/]+)/(.+)": Rewrite(r"https://[^/\n]+/.+", needs_max=1024),
    r"(?=.{1,256}$)arn:aws[a-z\-]*:cloudformation:[a-z0-9\-]*:[0-9]{12}:stack/[a-zA-Z][a-zA-Z0-9-]{0,127}/.*":
        Rewrite(r"arn:aws[a-z\-]*:cloudformation:[a-z0-9\-]*:[0-9]{12}:stack/[a-zA-Z][a-zA-Z0-9-]{0,127}/.*", needs_max=256),
    r"(?=.{1,32}$)[a-zA-Z0-9](-*[a-zA-Z0-9])*": Rewrite(r"[a-zA-Z0-9](-*[a-zA-Z0-9])*", needs_max=32),
    # A name that does not end with a hyphen.
    r"(arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]*:[0-9]{12}:[a-z\-]*\/)?([a-zA-Z0-9]([a-zA-Z0-9-]){0,62})(?<!-)":
        Rewrite(r"(arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]*:[0-9]{12}:[a-z\-]*\/)?[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"),
    r"(arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]*:[0-9]{12}:[a-z\-]*\/)?([a-zA-Z0-9]([a-zA-Z0-9-]){0,62})(?<!-)(\/[0-9]{1,9})?":
        Rewrite(r"(arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]*:[0-9]{12}:[a-z\-]*\/)?"
                r"[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\/[0-9]{1,9})?"),
    # A path without "..".
    r"/(?!.*\.\.)[a-zA-Z0-9/_.\-]+": Rewrite(r"/(?:(?:\.?[a-zA-Z0-9/_\-])+\.?|\.)"),
    # In UTF-16, \uD800\uDC00-\uDBFF\uDFFF is the range of all supplementary characters. (The first of these has its
    # halves misplaced, which leaves lone surrogates only; its .* admits supplementary characters all the same.)
    r".*[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDBFF-\uDC00\uDFFF\r\n\t]*.*":
        Rewrite(r".*[\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\r\n\t]*.*"),
    r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*":
        Rewrite(r"[\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}\r\n\t]*"),
    r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*":
        Rewrite(r"[\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}\t]*"),
    r"arn:(aws[a-zA-Z0-9-]*):iam::([0-9]{12}):(role((\u002F)|(\u002F[\u0021-\u007F]+\u002F))[\w+=,.@-]+)":
        Rewrite(r"arn:(aws[a-zA-Z0-9-]*):iam::([0-9]{12}):(role(/|(/[\x21-\x7F]+/))[\w+=,.@-]+)"),
    r"arn:[\p{Alnum}\-]+:lambda:[\p{Alnum}\-]+:[0-9]{12}:function:.*":
        Rewrite(r"arn:[0-9A-Za-z\-]+:lambda:[0-9A-Za-z\-]+:[0-9]{12}:function:.*"),
    # Repeated a thousand times it would be too large a program for RE2.
    r"[\p{L}\p{M}\p{Z}\p{N}\p{P}]{0,1024}": Rewrite(r"[\p{L}\p{M}\p{Z}\p{N}\p{P}]*", needs_max=1024),
    r".{0,1024}": Rewrite(r".{0,1000}.{0,24}"),
    r".{0,4096}": Rewrite(r".{0,1000}.{0,1000}.{0,1000}.{0,1000}.{0,96}"),
    r".{1,4096}": Rewrite(r".{1,1000}.{0,1000}.{0,1000}.{0,1000}.{0,96}"),
    r"[a-zA-Z_][a-zA-Z0-9_]{0,1023}": Rewrite(r"[a-zA-Z_][a-zA-Z0-9_]{0,1000}[a-zA-Z0-9_]{0,23}"),
    r"arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]{9,16}:[0-9]{12}:model-package-group/[\S]{1,2048}":
        Rewrite(r"arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]{9,16}:[0-9]{12}:model-package-group/[\S]{1,1000}[\S]{0,1000}[\S]{0,48}"),
    r"arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]{9,16}:[0-9]{12}:model-package/[\S]{1,2048}":
        Rewrite(r"arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]{9,16}:[0-9]{12}:model-package/[\S]{1,1000}[\S]{0,1000}[\S]{0,48}"),
    r"arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]{9,16}:[0-9]{12}:project/[\S]{1,2048}":
        Rewrite(r"arn:aws[a-z\-]*:sagemaker:[a-z0-9\-]{9,16}:[0-9]{12}:project/[\S]{1,1000}[\S]{0,1000}[\S]{0,48}"),
}
