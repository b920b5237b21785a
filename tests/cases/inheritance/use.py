"""A schema that others extend stands for all of them; other tags are the schema itself."""

import sys

from trunkline_inheritance import Inheritance
from trunkline_inheritance.models import Cat, PetBase, Puppy

with Inheritance(base_url=sys.argv[1]) as client:
    tom, rex, tweety = client.pets.list()
    assert isinstance(tom, Cat)
    assert isinstance(rex, Puppy)
    assert isinstance(tweety, PetBase)
    print(tom.lives, rex.weeks, tweety.name)
    made = client.pets.create(body=Puppy(kind="Puppy", weeks=1, friend=tom))
    print(made.kind)
