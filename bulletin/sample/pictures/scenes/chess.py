"""Two old friends at a stone table under a camphor tree, one neighbour watching in silence."""

from __future__ import annotations

from dataclasses import replace

from bulletin.sample.pictures import geometry, nature, places, props
from bulletin.sample.pictures.canvas import ACROSS, DOWN, Canvas, Patch
from bulletin.sample.pictures.cutting import Cutter
from bulletin.sample.pictures.figures import HANDS_BEHIND, Look, Pose
from bulletin.sample.pictures.geometry import trace
from bulletin.sample.pictures.palette import (
    CLAY,
    INK,
    MOSS,
    OCHRE,
    PAPER,
    RED,
    SLATE,
    STONE,
    TAN,
    WHITE,
    Colour,
    mix,
    tone,
)
from bulletin.sample.pictures.staging import ADULT, CHILD, ELDER, child, elder, enter, stand


def draw(canvas: Canvas) -> None:
    """Two old friends at a stone table under a camphor tree, one neighbour watching in silence."""
    moss, ochre = tone(MOSS), tone(OCHRE)
    canvas.box(0, 0, ACROSS, 700, mix(moss.pale, PAPER, 0.4))
    _garden_wall(canvas)
    ground = mix(ochre.pale, STONE, 0.22)
    shade = mix(ground, INK, 0.26)
    canvas.box(0, 690, ACROSS, DOWN, ground)
    places.paving(canvas, 690, 700, mix(ground, INK, 0.08), lines=8)
    canvas.fill(geometry.blob(720, 880, 760, 150, canvas.rng, lumps=15, rough=0.08), shade)
    for x, y in geometry.scatter(geometry.rect(80, 780, 1420, 990), 60, canvas.rng):
        canvas.fill(
            geometry.ellipse(x, y, canvas.rng.uniform(10, 34), canvas.rng.uniform(4, 9)),
            mix(ground, WHITE, 0.25),
        )
    _camphor(canvas)
    _game(canvas, mix(shade, INK, 0.28))


def _garden_wall(canvas: Canvas) -> None:
    stone, slate, moss = tone(STONE), tone(SLATE), tone(MOSS)
    canvas.box(0, 330, ACROSS, 700, mix(WHITE, STONE, 0.16))
    canvas.box(0, 640, ACROSS, 700, stone.mid)
    places.tiled_roof(canvas, trace("-20,290 1520,290 1540,338 -40,338"), slate, rows=24)
    canvas.gouge(
        geometry.rect(0, 345, ACROSS, 630),
        mix(WHITE, STONE, 0.36),
        count=70,
        length=52,
        width=6,
        angle=85,
        spread=14,
    )
    for x in (250, 1260):
        frame = geometry.ellipse(x, 490, 92, 92)
        canvas.fill(geometry.ellipse(x, 490, 104, 104), stone.dark)
        canvas.fill(frame, mix(moss.light, PAPER, 0.3))
        with canvas.within(frame):
            lump = geometry.blob(x - 20, 560, 110, 80, canvas.rng)
            canvas.put(Patch(lump, moss.mid, moss.dark, 14))
            for i in range(-4, 5):
                canvas.line([(x + i * 36 - 60, 390), (x + i * 36 + 60, 590)], 6, stone.dark)
                canvas.line([(x + i * 36 + 60, 390), (x + i * 36 - 60, 590)], 6, stone.dark)


def _camphor(canvas: Canvas) -> None:
    moss = tone(MOSS)
    bark = mix(INK, CLAY, 0.3)
    trunk = geometry.smooth(trace("720,830 735,600 700,420 730,200"), closed=False)
    canvas.stroke(trunk, bark, 220, 128, 112, 130)
    for limb in (
        trace("720,430 560,290 380,220 200,210"),
        trace("735,380 900,270 1100,200 1320,190"),
        [(715, 330), (660, 170), (600, 60)],
    ):
        canvas.stroke(geometry.smooth(limb, closed=False), bark, 84, 52, 30, 18)
    for foot in ([(690, 790), (610, 830), (540, 842)], [(760, 790), (850, 832), (930, 840)]):
        canvas.stroke(geometry.smooth(foot, closed=False), bark, 70, 34, 8)
    for i in range(9):
        share = -0.85 + 1.7 * i / 8
        path = [(722 + 80 * share, 790), (735 + 54 * share, 600), (706 + 44 * share, 440)]
        canvas.stroke(
            geometry.smooth(path, closed=False), mix(bark, PAPER, 0.2 if i < 4 else 0.08), 2, 7, 2
        )
    masses = [
        (120, 120, 300, 150),
        (430, 150, 260, 110),
        (1080, 140, 280, 120),
        (1390, 110, 280, 150),
        (760, 130, 260, 110),
        (260, 20, 320, 120),
        (620, 20, 320, 120),
        (980, 10, 320, 120),
        (1290, 10, 300, 110),
    ]
    crowns = [geometry.blob(x, y, a, b, canvas.rng, lumps=13) for x, y, a, b in masses]
    nature.crown(canvas, crowns, moss, depth=24, leaf=26)
    cage = Cutter((330, 250), 1.9, depth=0)
    gold = mix(OCHRE, INK, 0.3)
    canvas.line([(330, 200), (330, 262)], 4, INK)
    bars = [
        cut_path
        for x in range(-20, 21, 8)
        for cut_path in [
            cage.bar(
                geometry.smooth([(0, 6), (x * 0.8, 14), (x, 28), (x, 62)], closed=False), gold, 1.6
            )
        ]
    ]
    canvas.place(
        [*bars, cage.box(-22, 60, 22, 67, gold), cage.bar([(-20, 34), (20, 34)], gold, 1.6)]
    )
    canvas.place([cage.shape(trace("-6,48 -2,40 6,40 9,46 2,54 -12,58"), RED)])


def _game(canvas: Canvas, shadow: Colour) -> None:
    moss, ochre, stone = tone(MOSS), tone(OCHRE), tone(STONE)
    watcher = elder(Look(mix(WHITE, STONE, 0.2), moss.deep, hair="bald"))
    enter(
        canvas,
        watcher,
        520,
        880,
        ADULT * 2.75,
        pose=replace(HANDS_BEHIND, lean=5, nod=10),
        shadow=shadow,
    )
    enter(
        canvas,
        elder(Look(RED, INK, hair="bob")),
        1075,
        885,
        ELDER * 2.7,
        pose=Pose(hands=((0.13, 0.6), (0.08, 0.45)), lean=2, nod=6),
        facing="left",
        shadow=shadow,
    )
    left = elder(Look(moss.dark, INK, hair="short"))
    move = Pose(
        hip=0.25, hands=((0.33, 0.47), (0.15, 0.33)), feet=((0.2, 0), (0.27, 0)), lean=12, nod=12
    )
    canvas.place(props.stool((555, 955), 3.0, stone.mid, high=38))
    think = Pose(
        hip=0.25,
        hands=((0.145, 0.545), (0.17, 0.34)),
        elbows=(-1, -1),
        feet=((0.2, 0), (0.27, 0)),
        lean=11,
        nod=10,
    )
    canvas.place(props.stool((1010, 955), 3.0, stone.mid, high=38))
    thinker = elder(Look(ochre.dark, INK, hair="short", hat="cap", hat_colour=moss.deep, skin=TAN))
    for look, x, facing, pose in ((left, 555, "right", move), (thinker, 1010, "left", think)):
        enter(canvas, look, x, 960, ADULT * 3.05, pose=pose, facing=facing, shadow=shadow)
    table = Cutter((782, 960), 3.0, depth=7)
    canvas.cast([table.box(-40, -70, 40, 0, INK)], 960, shadow)
    canvas.place(
        [
            table.flat(trace("-16,-62 16,-62 22,0 -22,0"), stone.mid),
            table.box(-50, -72, 50, -60, mix(STONE, WHITE, 0.35), radius=5),
        ],
        halo=PAPER,
    )
    canvas.put(Patch(geometry.rect(690, 734, 874, 745), ochre.mid, ochre.dark, 4))
    for x, red in ((706, True), (730, False), (760, True), (792, False), (822, True), (850, False)):
        canvas.put(
            Patch(
                geometry.rounded(x - 10, 722, x + 10, 735, 4),
                RED if red else INK,
                mix(INK, RED, 0.2),
                3,
            )
        )
    canvas.place(props.cup((915, 744), 2.3))
    flask = props.thermos((690, 985), 2.6, RED)
    stand(canvas, flask, 985, shadow=shadow)
    boy = child(Look(mix(WHITE, OCHRE, 0.25), moss.deep))
    squat = Pose(
        hip=0.2, hands=((0.2, 0.36), (0.22, 0.36)), feet=((0.05, 0), (0.1, 0)), lean=14, nod=-8
    )
    enter(canvas, boy, 1270, 965, CHILD * 2.9, pose=squat, facing="left", shadow=shadow)
