"""People: a jointed figure dressed, posed and cut in flat shapes, without a face.

A pose is measured in body heights from the ground under the figure: x forwards (for a figure seen
from the front or the back: to the viewer's right), y up. So one pose fits a child and a tall man.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from bulletin.sample.pictures import geometry, heads
from bulletin.sample.pictures.canvas import Patch
from bulletin.sample.pictures.geometry import Outline, Point
from bulletin.sample.pictures.palette import INK, SKIN, WHITE, Colour, mix

UPPER_ARM, FOREARM = 0.17, 0.165
THIGH, SHIN = 0.255, 0.245
SPINE = 0.325


@dataclass(frozen=True)
class Look:
    """What a person looks like.

    `garment` is jacket, coat, skirt (a dress) or vest (`vest` names its colour, worn over `top`);
    `hair` and `hat` are explained in `heads`; `build` widens the body; a `stripe` is the reflecting
    band of working clothes.
    """

    top: Colour
    legs: Colour = INK
    skin: Colour = SKIN
    hair: str = "short"
    hair_colour: Colour = INK
    hat: str = ""
    hat_colour: Colour = INK
    garment: str = "jacket"
    vest: Colour | None = None
    sleeves: bool = True
    shoes: Colour = INK
    build: float = 1.0
    head: float = 1.0
    armband: Colour | None = None
    stripe: Colour | None = None


@dataclass(frozen=True)
class Pose:
    """How a person holds the body; the first of each pair is the nearer (or the left) limb."""

    hip: float = 0.485
    lean: float = 0.0
    nod: float = 0.0
    hands: tuple[Point, Point] = ((0.03, 0.44), (0.06, 0.45))
    feet: tuple[Point, Point] = ((-0.03, 0.0), (0.04, 0.0))
    elbows: tuple[float, float] = (-1, -1)
    knees: tuple[float, float] = (1, 1)
    legs: bool = True


@dataclass
class Figure:
    """A drawn person: the patches behind what is held, those before it, and the joints."""

    body: list[Patch] = field(default_factory=list)
    arms: list[Patch] = field(default_factory=list)
    hands: tuple[Point, Point] = ((0, 0), (0, 0))
    head: Point = (0, 0)

    @property
    def patches(self) -> list[Patch]:
        """Everything, in the order it is drawn."""
        return self.body + self.arms


STAND = Pose()
FRONT = Pose(
    hands=((-0.148, 0.43), (0.148, 0.43)),
    feet=((-0.052, 0), (0.052, 0)),
    elbows=(0, 0),
    knees=(0, 0),
)
WALK = Pose(
    lean=3, hands=((-0.13, 0.445), (0.18, 0.47)), feet=((0.15, 0.0), (-0.17, 0.02)), hip=0.47
)
STROLL = Pose(
    lean=2, hands=((-0.07, 0.43), (0.12, 0.445)), feet=((0.09, 0.0), (-0.11, 0.01)), hip=0.478
)
HANDS_BEHIND = Pose(hands=((-0.1, 0.5), (-0.1, 0.5)), elbows=(-1, -1))
SIT = Pose(hip=0.27, hands=((0.17, 0.31), (0.2, 0.31)), feet=((0.24, 0.0), (0.28, 0.0)), lean=4)
AT_TABLE = Pose(hip=0.27, hands=((-0.07, 0.4), (0.09, 0.405)), elbows=(-0.6, 0.6), legs=False)


def person(
    look: Look, x: float, ground: float, height: float, *, pose: Pose = STAND, facing: str = "right"
) -> Figure:
    """Build a person standing at (x, ground), `height` units tall.

    Args:
        look: the clothes and hair.
        x: where the body's middle stands.
        ground: the y of the ground.
        height: from the ground to the crown when upright, in units.
        pose: how the body is held.
        facing: right, left, front or back.
    """
    return _Body(look, x, ground, height, pose, facing).figure()


class _Body:
    """The joints of one figure, and its parts cut around them."""

    def __init__(
        self, look: Look, x: float, ground: float, height: float, pose: Pose, facing: str
    ) -> None:
        self.look, self.pose, self.facing, self.height = look, pose, facing, height
        self.origin, self.ahead = (x, ground), -1 if facing == "left" else 1
        self.side = facing in ("left", "right")
        self.depth = 0.022 * height
        lean = math.radians(pose.lean)
        self.along = (math.cos(lean), -math.sin(lean))
        self.up = (math.sin(lean), math.cos(lean))

    def at(self, spot: Point) -> Point:
        """Turn body heights into picture units."""
        return (
            self.origin[0] + self.ahead * spot[0] * self.height,
            self.origin[1] - spot[1] * self.height,
        )

    def on_spine(self, across: float, up: float) -> Point:
        """Turn a place on the trunk (from the hip, leaning with it) into body heights."""
        across *= self.look.build
        return (
            across * self.along[0] + up * self.up[0],
            self.pose.hip + across * self.along[1] + up * self.up[1],
        )

    def patch(self, points: list[Point], colour: Colour, *, curve: bool = True) -> Patch:
        """Cut a shape given in body heights."""
        outline = [self.at(p) for p in points]
        return self.cut(geometry.smooth(outline, steps=5) if curve else outline, colour)

    def cut(self, outline: Outline, colour: Colour, *more: Outline) -> Patch:
        """Cut a shape given in picture units, its far side a tone darker."""
        return Patch(outline, colour, mix(colour, INK, 0.2), self.depth, more)

    def figure(self) -> Figure:
        far_arm, far_hand = self.arm(1)
        near_arm, near_hand = self.arm(0)
        head = self.at(self.on_spine(0.012 if self.side else 0, SPINE + 0.105 * self.look.head))
        crown = heads.head(
            head,
            0.158 * self.height * self.look.head,
            self.look,
            facing=self.facing,
            turned=self.ahead * (self.pose.lean * 0.6 + self.pose.nod),
        )
        neck = self.patch(
            [
                self.on_spine(-0.034, SPINE - 0.05),
                self.on_spine(0.034, SPINE - 0.05),
                self.on_spine(0.034, SPINE + 0.07),
                self.on_spine(-0.03, SPINE + 0.07),
            ],
            mix(self.look.skin, INK, 0.12),
            curve=False,
        )
        legs = self.leg(1) + self.leg(0) if self.pose.legs else []
        hands = (near_hand, far_hand)
        if self.facing == "back":
            return Figure(
                [*near_arm, *far_arm, *legs, neck, *self.trunk(), *crown], [], hands, head
            )
        if self.side:
            body = [*far_arm, *legs, neck, *self.trunk(), *crown]
            return Figure(body, near_arm, hands, head)
        return Figure([*legs, neck, *self.trunk(), *crown], far_arm + near_arm, hands, head)

    def arm(self, which: int) -> tuple[list[Patch], Point]:
        """Cut an arm to where its hand is; also say where that is in picture units."""
        look = self.look
        if self.side:
            shoulder = self.on_spine(0.005 - 0.012 * which, SPINE - 0.055)
        else:
            shoulder = self.on_spine(-0.09 if which == 0 else 0.09, SPINE - 0.068)
        target = self.pose.hands[which]
        elbow, hand = bend(shoulder, target, UPPER_ARM, FOREARM, self.pose.elbows[which])
        sleeve = mix(look.top, INK, 0.28 if self.side and which else 0.06)
        skin = mix(look.skin, INK, 0.14 if self.side and which else 0)
        b = 0.5 + 0.5 * look.build
        upper = [self.at(shoulder), self.at(elbow)]
        wrist = geometry.between(elbow, hand, 0.84)
        lower = [self.at(elbow), self.at(wrist)]
        h = self.height
        palm = geometry.capsule(self.at(wrist), self.at(hand), 0.02 * h, 0.026 * h)
        fore = geometry.capsule(lower[0], lower[1], 0.036 * h * b, 0.027 * h * b)
        over = geometry.capsule(upper[0], upper[1], 0.045 * h * b, 0.036 * h * b)
        if look.sleeves:
            patches = [self.cut(palm, skin), self.cut(over, sleeve, fore)]
        else:
            patches = [self.cut(palm, skin, fore), self.cut(over, sleeve)]
        if look.armband and (which == 0 or not self.side):
            high, low = (geometry.between(upper[0], upper[1], t) for t in (0.42, 0.82))
            patches.append(
                self.cut(geometry.ribbon([high, low], 0.094 * h * b, 0.084 * h * b), look.armband)
            )
        if look.stripe and look.sleeves:
            high, low = (geometry.between(lower[0], lower[1], t) for t in (0.3, 0.5))
            band = geometry.ribbon([high, low], 0.068 * h * b, 0.063 * h * b)
            patches.append(
                self.cut(band, mix(look.stripe, INK, 0.25 if self.side and which else 0))
            )
        return patches, self.at(hand)

    def leg(self, which: int) -> list[Patch]:
        """Cut a leg to where its foot is."""
        look, h = self.look, self.height
        if self.side:
            hip = self.on_spine(0.0, 0.015)
        else:
            hip = self.on_spine(-0.047 if which == 0 else 0.047, 0.0)
        foot = self.pose.feet[which]
        ankle = (foot[0], foot[1] + 0.035)
        knee, ankle = bend(hip, ankle, THIGH, SHIN - 0.035, self.pose.knees[which])
        cloth = mix(
            look.legs, INK if sum(look.legs) > 180 else WHITE, 0.16 if self.side and which else 0
        )
        bare = look.garment == "skirt"
        if bare:
            cloth = mix(look.skin, INK, 0.18 if which else 0.05)
        b = (0.5 + 0.5 * look.build) * (0.72 if bare else 1)
        hip_at, knee_at, ankle_at = self.at(hip), self.at(knee), self.at(ankle)
        thigh = 0.07 if self.side else 0.058
        toe, heel = (0.085 if self.side else 0.03), 0.035
        sole = [
            (foot[0] - heel, foot[1]),
            (foot[0] - heel, foot[1] + 0.04),
            (foot[0] + 0.03, foot[1] + 0.045),
            (foot[0] + toe, foot[1] + 0.02),
            (foot[0] + toe, foot[1]),
        ]
        return [
            self.patch(sole, look.shoes, curve=False),
            self.cut(
                geometry.capsule(knee_at, ankle_at, 0.052 * h * b, 0.038 * h * b),
                cloth,
                geometry.capsule(hip_at, knee_at, thigh * h * b, 0.052 * h * b),
            ),
        ]

    def trunk(self) -> list[Patch]:
        """Cut the clothes on the trunk."""
        look = self.look
        low = {"coat": -0.2, "skirt": -0.22}.get(look.garment, -0.045)
        if self.pose.hip < 0.35:
            low = max(low, -0.09)
        if not self.pose.legs:
            low = -0.06
        if self.side:
            back, front = _SIDE_BACK, _SIDE_FRONT
        else:
            back, front = [(-u, v) for u, v in _FRONT_HALF[::-1]], _FRONT_HALF
        flare = 1.25 if look.garment == "skirt" else 1.1 if look.garment == "coat" else 1.0
        hem = self.hem(front[-1], low, flare), self.hem(back[0], low, flare)
        edge = [self.on_spine(u, v) for u, v in back + front]
        curve = geometry.smooth([self.at(p) for p in edge], closed=False, steps=5)
        outline = [*curve, self.at(hem[0]), self.at(hem[1])]
        patches = [self.cut(outline, look.top)]
        if look.vest is not None:
            patches.append(self.cut(self.vest(back, front, low), look.vest))
        if look.stripe is not None:
            patches.append(self.band(back, front, look.stripe))
        return patches + self.front_details(low)

    def band(self, back: list[Point], front: list[Point], colour: Colour) -> Patch:
        """A reflecting band around the trunk."""
        low, high = (-0.005, 0.03) if self.pose.legs else (0.1, 0.13)
        sides = [front[-2][0], back[1][0]]
        edge = [(sides[1], low), (sides[1], high), (sides[0], high), (sides[0], low)]
        band = [self.at(self.on_spine(u * 1.01, v + 0.06)) for u, v in edge]
        return self.cut(band, colour)

    def hem(self, edge: Point, low: float, flare: float) -> Point:
        """Where a side of the trunk ends below: along the spine, but never swung by the lean."""
        x, y = self.on_spine(edge[0] * flare, 0)
        return (x, y + low)

    def vest(self, back: list[Point], front: list[Point], low: float) -> Outline:
        """The outline of a sleeveless vest over the trunk."""
        narrow = 0.99 if self.side else 0.9
        edge = [
            self.at(self.on_spine(u * (narrow if v > 0.2 else 1.02), v)) for u, v in back + front
        ]
        hem = [self.at(self.hem(front[-1], low, 1.02)), self.at(self.hem(back[0], low, 1.02))]
        return geometry.smooth(edge, closed=False, steps=5) + hem

    def front_details(self, low: float) -> list[Patch]:
        """Collar and closing of a jacket seen from the front."""
        if self.facing != "front":
            return []
        look = self.look
        colour = look.vest or look.top
        seam = [self.at(self.on_spine(0, SPINE - 0.06)), self.at(self.hem((0, 0), low, 1))]
        collar = [(-0.04, SPINE), (0.0, SPINE - 0.075), (0.04, SPINE)]
        neck = [self.at(self.on_spine(u, v)) for u, v in collar]
        return [
            Patch(geometry.ribbon(seam, 0.008 * self.height), mix(colour, INK, 0.35)),
            Patch(neck, mix(look.skin, INK, 0.1)),
        ]


# Half-widths and heights on the trunk, in body heights from the hip, going up the back and down
# the front; for a figure seen from the front the same half serves both sides.
_SIDE_BACK: list[Point] = [
    (-0.078, -0.01), (-0.074, 0.08), (-0.082, 0.18), (-0.074, 0.26), (-0.04, 0.318),
]  # fmt: skip
_SIDE_FRONT: list[Point] = [
    (0.03, 0.312), (0.066, 0.255), (0.08, 0.18), (0.076, 0.08), (0.074, -0.01),
]  # fmt: skip
_FRONT_HALF: list[Point] = [
    (0.036, 0.325), (0.085, 0.302), (0.115, 0.262), (0.114, 0.19), (0.098, 0.1), (0.1, -0.01),
]  # fmt: skip


def bend(a: Point, target: Point, first: float, second: float, way: float) -> tuple[Point, Point]:
    """Return the middle joint of a limb from `a` reaching for `target`, and where it ends.

    The limb stops short of a target beyond its length. `way` is from -1 to 1: its sign says to
    which side of the line from a to the target the joint bends, and what is short of 1 is seen
    from its end.
    """
    dx, dy = target[0] - a[0], target[1] - a[1]
    far = math.hypot(dx, dy) or 1e-6
    reach = min(far, (first + second) * 0.998)
    reach = max(reach, abs(first - second) + 1e-4)
    ux, uy = dx / far, dy / far
    along = (first**2 - second**2 + reach**2) / (2 * reach)
    aside = way * math.sqrt(max(0.0, first**2 - along**2))
    middle = (a[0] + ux * along - uy * aside, a[1] + uy * along + ux * aside)
    return middle, (a[0] + ux * reach, a[1] + uy * reach)
