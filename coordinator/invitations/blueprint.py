"""The blueprint of invitations: the meeting's list, the letter's page, the account's pages."""

from flask import Blueprint

blueprint = Blueprint("invitations", __name__, template_folder="templates")
