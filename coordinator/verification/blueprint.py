"""The blueprint of the yearly question: the branch's pages, the letter's, the account's."""

from flask import Blueprint

blueprint = Blueprint("verification", __name__, template_folder="templates")
