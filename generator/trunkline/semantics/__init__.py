"""The only place that answers questions about the representation.

What a construct means is decided once: by `trunkline.lower` where a description has to be read,
here where the representation has to be. Client, emulator and suite each do it by their own
mechanism, so that each proves the others.

| module | answers |
| --- | --- |
| `media` | what a body of a media type is, which of several is meant |
| `schemas` | what is behind a reference, which properties and types a schema has |
| `responses` | which response a status means, what a success is about |
| `parameters` | how a parameter is written as text, and read back |
| `paging` | what the next page's request is |
| `credentials` | how a credential is carried, and read back |
| `validators` | whether a value fits a schema, and why not |
| `fillable` | whether any value fits a schema, and what excludes every one |
| `jsonvalue` | what stands at a path of a JSON value, whether two are equal |
"""
