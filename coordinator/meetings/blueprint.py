"""The blueprint of the meetings' pages."""

from flask import Blueprint

blueprint = Blueprint("meetings", __name__, template_folder="templates", url_prefix="/toplantilar")
