"""The verbs of services: decide about one, and erase in time who asked for it."""

from coordinator.bookings.operations.booking import Order as Order
from coordinator.bookings.operations.booking import keep as keep
from coordinator.bookings.operations.booking import move as move
from coordinator.bookings.operations.erasing import Erased as Erased
from coordinator.bookings.operations.erasing import erase as erase
from coordinator.bookings.operations.erasing import erase_by_the_clock as erase_by_the_clock
