"""Who acts in these tests."""

from coordinator.actors import Actor

ACTOR = Actor(name="Derya Tuna", via="page")
