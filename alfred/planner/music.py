"""The embedded planner's own short lists of well-known music, for when the web has none to offer."""

_LISTS = (
    (
        ("villain", "masquerade", "gothic", "halloween", "rogue", "joker", "vampire"),
        (
            ("Danse macabre", "Camille Saint-Saëns"),
            ("Toccata and Fugue in D minor", "Johann Sebastian Bach"),
            ("In the Hall of the Mountain King", "Edvard Grieg"),
            ("Masquerade Suite: Waltz", "Aram Khachaturian"),
            ("Thriller", "Michael Jackson"),
            ("Sympathy for the Devil", "The Rolling Stones"),
            ("Bad Guy", "Billie Eilish"),
            ("Kiss from a Rose", "Seal"),
        ),
    ),
    (
        ("superhero", "hero", "batman", "comic", "gotham"),
        (
            ("Batman Theme", "Neal Hefti"),
            ("Superman March", "John Williams"),
            ("The Avengers", "Alan Silvestri"),
            ("Holding Out for a Hero", "Bonnie Tyler"),
            ("Heroes", "David Bowie"),
            ("Kryptonite", "3 Doors Down"),
            ("Don't Stop Me Now", "Queen"),
            ("The Final Countdown", "Europe"),
        ),
    ),
    (
        ("child", "kid", "birthday", "daughter", "son", "family"),
        (
            ("Happy", "Pharrell Williams"),
            ("Can't Stop the Feeling!", "Justin Timberlake"),
            ("Shake It Off", "Taylor Swift"),
            ("You've Got a Friend in Me", "Randy Newman"),
            ("Let It Go", "Idina Menzel"),
            ("I Like to Move It", "Reel 2 Real"),
            ("Happy Birthday to You", "traditional"),
        ),
    ),
    (
        ("formal", "gala", "reception", "wedding", "anniversary", "dinner"),
        (
            ("Take Five", "The Dave Brubeck Quartet"),
            ("Fly Me to the Moon", "Frank Sinatra"),
            ("La Vie en rose", "Édith Piaf"),
            ("The Girl from Ipanema", "Stan Getz and João Gilberto"),
            ("At Last", "Etta James"),
            ("What a Wonderful World", "Louis Armstrong"),
            ("September", "Earth, Wind & Fire"),
        ),
    ),
)
_ANY = (
    ("September", "Earth, Wind & Fire"),
    ("Dancing Queen", "ABBA"),
    ("Superstition", "Stevie Wonder"),
    ("I Wanna Dance with Somebody", "Whitney Houston"),
    ("Uptown Funk", "Mark Ronson and Bruno Mars"),
    ("Get Lucky", "Daft Punk"),
    ("Don't Stop Me Now", "Queen"),
)


def own_list(*words: str | None) -> tuple[tuple[str, str], ...]:
    """Return (title, artist) pairs for the first of these words that one of the lists is made for."""
    for word in words:
        for moods, tracks in _LISTS:
            if word and any(mood in word.casefold() for mood in moods):
                return tracks
    return _ANY
