"""Members told apart by a tag, unknown tags kept, members without a tag by what fits."""

import sys

from trunkline_unions import Unions
from trunkline_unions.models import Cat, Dog, DogPetType, Ticket

with Unions(base_url=sys.argv[1]) as client:
    pet = client.pets.retrieve()
    assert isinstance(pet, Cat)
    assert isinstance(pet.friend, Dog)
    print(pet.name, pet.friend.tricks)
    bird = client.pets.retrieve()
    print(type(bird).__name__, bird.model_dump())
    print(type(client.pets.update(body=Cat(name="Tom", friend=pet.friend))).__name__)
    ticket = client.pets.update(body={"petType": "dog"})
    assert isinstance(ticket, Ticket)
    print(ticket.value, type(ticket.shape).__name__)
    print(client.pets.update(body=Dog(pet_type=DogPetType.HOUND)))
