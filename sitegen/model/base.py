"""What every type of the model is: a frozen value that can be compared, hashed and stored."""

import msgspec


class Value(msgspec.Struct, frozen=True, array_like=True):
    """A frozen value.

    Stored as an array (MessagePack): two to five times smaller and quicker to read than one with
    its keys spelled out. Field order is therefore part of the format, which is safe because the
    program's own digest is part of every cache key.
    """


class Record(Value, frozen=True, kw_only=True):
    """A mapping that an editor writes. Its fields *are* the table of fields: the checks, the JSON
    Schema and the reference pages are all read from the annotations."""


class Doc(msgspec.Struct, frozen=True):
    """What a field means, in one or two sentences for editors; stands inside `Annotated`."""

    text: str
    example: str = ""


class Form(msgspec.Struct, frozen=True):
    """A scalar that is more than text: its name leads to the reader in `content.forms`. `of`: the kind of page (`places`) that an id
    names, so that it must exist."""

    name: str
    of: str = ""


class Choice(msgspec.Struct, frozen=True):
    """A scalar from a closed list."""

    name: str
    members: tuple[str, ...]
