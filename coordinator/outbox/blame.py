"""Is an address to blame for a letter that came back, or are we, or a server on the way?

Only what says so puts an address on hold: it is worse to lose a good one than to try a bad one.
"""

import re

FOR_LATER = "4."
ABOUT_THE_LETTER = ("5.2.2", "5.2.3", "5.3.4", "5.6.")
"""The mailbox is full, or the letter is too large or of a kind that it does not take."""
ABOUT_THE_SENDER = ("5.1.7", "5.1.8")
NO_SUCH_ADDRESS = "5.1."
ABOUT_THE_ADDRESS = (NO_SUCH_ADDRESS, "5.2.", "5.4.4")
ABOUT_ROOM = re.compile(
    r"(?<![\d.])552\b|\b(over ?quota|quota exceeded|exceed\w* (its |the |their )?(\w+ )?quota)\b|"
    r"\b(mail)?box( is)? full\b|\bfull mailbox\b|\bout of storage\b|\bkutusu dolu\b|"
    r"kotası(nı aş| dol)",
    re.IGNORECASE,
)
ABOUT_US = re.compile(
    r"spam|block|blacklist|reputation|\b(spf|dkim|dmarc|rbl|dnsbl)\b|policy|virus|banned|"
    r"\bsender\b|\bip\b|\byour (server|host|domain)\b",
    re.IGNORECASE,
)
_WHO = r"(user|recipient|mailbox|address|account|kullanıcı|alıcı|adres|posta kutu)"
ABOUT_NOBODY = re.compile(
    rf"\b{_WHO}\w*\b.{{0,60}}\b(unknown|not found|(does(n.t| not)|not) exist|unavailable|invalid|"
    rf"rejected|disabled|inactive|suspended|closed|deactivated|bulunamad|bulunmuyor|bilinmiyor|"
    rf"geçersiz|mevcut değil|yok\b)|"
    rf"\b(unknown|no such|no|invalid|bad|geçersiz)( local| e-?mail| e-posta)? ?{_WHO}|"
    r"\b(host|domain)( name)? (not found|unknown|does not exist)|\b(unknown|no such) (host|domain)|"
    r"nosuchuser|recipientnotfound|\bunroute?able\b|\bnot a (valid|known) |"
    r"\bdoesn.t have an? .{1,40} account\b|\bno longer (valid|in use|available)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"(?<![\d.])55[013](?=[ -])")
"""How SMTP refuses a mailbox, and sometimes other things as well."""
_OTHERWISE = re.compile(r"denied|prohibit|not (allowed|permitted)|relay|authenti|administ|content")


def blames_the_address(status: str, words: str) -> bool:
    """Does a letter that failed for good say, by its code or its words, that the address is bad?"""
    if status.startswith((FOR_LATER, *ABOUT_THE_LETTER)) or status in ABOUT_THE_SENDER:
        return False
    if not status.startswith(NO_SUCH_ADDRESS) and ABOUT_ROOM.search(words):
        return False
    if status.startswith(ABOUT_THE_ADDRESS):
        return True
    if ABOUT_US.search(words):
        return False
    return bool(ABOUT_NOBODY.search(words)) or (_says_no_more(status) and _is_refused(words))


def _says_no_more(status: str) -> bool:
    return not status or status.endswith(".0.0")


def _is_refused(words: str) -> bool:
    return bool(_REFUSED.search(words)) and not _OTHERWISE.search(words.lower())
