"""A page in the shape of the template about an occupation that does not exist, in our own words."""

from careers.seedtext import SeedReading, SeedTextError, read

TITLE = "Harbor Bell Keeper Career Path Guide"

TOP = """Harbor Bell Keepers ring ships home through fog. They look after the bell, the log and the people on the quay.

4%

growth rate

$40,000

median salary

remote-friendly"""

RESPONSIBILITIES = """
  • Ringing the bell at the full hour.
  • Writing the fog log.
  • Greasing the clapper.
  • Answering ships by radio.
  • Counting boats in and out.
  • Sweeping the bell loft.
  • Checking the rope for wear.
  • Reading the tide gauge.
  • Training volunteers.
  • Guiding school classes.
  • Reporting damage to the harbor office.
  • Ordering rope, oil, etc.
  • Keeping the stairs free. Nobody may store crates there.
  • Locking the loft at night.
  • Raising the storm flag.
"""
TOOLS = """
  • Fog Loggers (e.g., Mistbook, GrayLine)
  • Marine Radio (VHF)
  • Office Package (Ledger, Letters, Slides)
  • Microsoft Office Suite (Word, Excel)
  • Signal Reference Books (HL7, GAAP manuals)
  • Tide Record Systems (TRS) for small ports
  • Bell Tuners (such as Ringwell or Chimer)
  • Rope Gauges
  • Oil Cans
  • Brooms
  • Lamps
  • Field Glasses
  • Ladders
  • Storm Flags
  • Whistles
  • Barometers
  • Clocks
  • Chalk Boards
  • Ear Protection
"""
TECHNICAL = """
  • Ringing
  • Rope Work
  • Radio Speech
  • Tide Reading
  • Fog Lore
  • Log Writing
  • Greasing
  • Bell Tuning
  • Signals
  • Flag Codes
  • First Aid
  • Chart Reading
  • Knots
  • Lamp Care
  • Timekeeping
  • Tower Safety
  • Weather Notes
  • Boat Types
  • Bookkeeping
  • Stock Keeping
"""
SOFT = """
  • Patience
  • Calm
  • Humor
  • Care
  • Punctuality
  • Kindness
  • Courage
  • Tact
  • Focus
  • Stamina
"""
TIERS = """Junior Harbor Bell Keeper

Experience: 0-2 years

You ring under supervision.

Harbor Bell Keeper

Experience: 2-5 years

You ring alone.

Senior Harbor Bell Keeper

Experience: 5+ years

You teach others.

You also keep the keys.

Harbor Master

Experience: 7+ years

You run the port."""
DAY = """Morning (6:00 AM - 12:00 PM)

Focus: Fog and first boats
  • Ring for fog.
  • Read the gauge.

Afternoon (12:00 PM - 3:30 PM)

Focus: Care of the bell
  • Grease the clapper.
  • Check the rope.

Evening (16:00 – 18:00)

Focus: Closing
  • Write the log.
  • Lock the loft."""
SKILL_MAP = """This map shows what rests on what.

Ground Skills

What every keeper needs on the first day.

  • Ringing
  • Rope Work

Craft Skills

What makes the sound carry.

  • Bell Tuning
  • Fog Lore
  • Greasing"""
CASES = """The Long Fog

A keeper rang for three days. The team reduced missed boats by 30% and slept in turns.

Key Takeaway: Share the night.

A New Rope

The old rope broke at noon. A spare one was up before the next boat.

It had been oiled.

Key Takeaway: Keep a spare."""
FAQ = """Is the bell loud?

Yes. Wear ear protection.

How long does it take to become a Harbor Bell Keeper?

Courses take from six months at a port to two years at a school of seamanship.

It depends on the port."""
BOX = """Jollyport

912 keepers pay for extras

Free

USD $0/month

For people who look around

  • • Bells by mail
  • • Bells by post

Plus

USD $5/month

Everything in Free, and:

  • • Louder bells
Go to account ›"""

SECTIONS = {
    "📈 Market Demand": "Low\nHigh\nVery High\n\nPorts look for keepers all year.",
    "🇺🇸 Annual Salary (US, USD)": "30,000—50,000\nMedian: $40,000\nEntry-Level\n$33,000\nMid-Level\n$40,000\nSenior-Level\n$47,000\n\n"
    "Top 10% of keepers can expect $50,000+ per year.\n\nIsland ports pay more.",
    "Core Functions of the Harbor Bell Keeper Role": "Keepers ring and write.\n\n"
    "The National Tower Society (NTS) sets the rules, and GDPR covers the log.",
    "Key Responsibilities": RESPONSIBILITIES,
    "Work Setting": "You work in a tower above the quay.",
    "Tech Stack": TOOLS,
    "Skills and Qualifications": "",
    "Education Level": "A high school diploma is enough to begin. Certificate programs or an associate degree help.",
    "Tech Skills": TECHNICAL,
    "Soft Abilities": SOFT,
    "Path to Harbor Bell Keeper": "Finish school.\n\nThen learn from a keeper.\n\n"
    "Certifications such as the Bell Loft Examiner (CBLE) help.",
    "Required Education": "Ports and schools give courses.\n\nThe Island Academy offers one by mail.",
    "Career Path Tiers": TIERS,
    "Global Outlook": "Bells ring everywhere. Norway and the UK train keepers in towers.\n\nEast Asia prefers horns.",
    "Job Market Today": "",
    "Role Challenges": "Horns are cheaper.",
    "Growth Paths": "Some become harbor masters.",
    "Industry Trends": "Bells are tuned by phone.",
    "A Day in the Life": DAY,
    "Work-Life Balance & Stress": "Stress Level: Low\n\nBalance Rating: Excellent\n\nNights are quiet.",
    "Skill Map": SKILL_MAP,
    "Pros & Cons for Harbor Bell Keeper": "✅ Pros\n\n  • Fresh air.\n  • A fine view.\n\n❌ Cons\n\n  • Many stairs.",
    "Common Mistakes of Beginners": "  • Ringing late.\n  • Forgetting the log.",
    "Contextual Advice": "  • Sleep early.\n  • Count twice.",
    "Examples and Case Studies": CASES,
    "Portfolio Tips": "Keep a recording of your ringing.",
    "Job Outlook & Related Roles": "Growth Rate: 4%\nStatus: About as fast as average\nSource: U.S. Bureau of Labor Statistics",
    "Related Roles": "",
    "Frequently Asked Questions": FAQ,
    "Sources & References": "",
    "Share career guide": "",
    "Jollyport+ Subscription": BOX,
}


def page(changes: dict[str, str | None] | None = None, *, title: str = TITLE, top: str = TOP) -> str:
    """The page with other bodies for some sections, named by a part of their heading; None leaves a section out."""
    sections: dict[str, str | None] = dict(SECTIONS)
    for part, body in (changes or {}).items():
        matches = [part] if part in sections else [heading for heading in sections if part in heading]
        assert len(matches) < 2, f"'{part}' names {matches}"
        sections[matches[0] if matches else part] = body
    parts = [title, top, *(f"{heading}\n\n{body}" for heading, body in sections.items() if body is not None)]
    return "\n\n".join(parts) + "\n"


def reading(changes: dict[str, str | None] | None = None, *, title: str = TITLE, top: str = TOP) -> SeedReading:
    return read(page(changes, title=title, top=top).encode())


def problems(text: str | bytes) -> list[tuple[int | None, str]]:
    """What is wrong with the text; fails when nothing is."""
    try:
        read(text if isinstance(text, bytes) else text.encode())
    except SeedTextError as error:
        return [(line, reason) for line, reason in error.problems]
    raise AssertionError("the text was read without complaint")


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if part in line)


def damage(text: str) -> str:
    """Text as it looks after its UTF-8 bytes were read as Windows-1253."""
    return "".join(_greek(byte) for byte in text.encode())


def _greek(byte: int) -> str:
    for code_page in ("cp1253", "cp1252"):
        try:
            return bytes([byte]).decode(code_page)
        except UnicodeDecodeError:
            continue
    return chr(byte)
