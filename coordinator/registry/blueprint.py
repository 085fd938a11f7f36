"""The blueprint of the registry's pages."""

from flask import Blueprint

blueprint = Blueprint("registry", __name__, template_folder="templates")
