"""Finding our stories among the texts of a page, however they were divided."""

from issues.handover.matching import Printed, match

LAMPS = Printed(
    ["渡口添灯"], ["渡口的六盏灯傍晚亮了。", "夜路不再摸黑", "居民说夜里回家不用打手电。"]
)
ROADS = Printed(["桥头铺路"], ["石板路重新铺过，雨天不滑。", "施工用了十二天，晚上不动工。"])


def lines(found):
    return [one and one.lines for one in found]


def test_story_divided_at_a_subhead_is_put_together_again():
    theirs = [
        Printed(["渡口添灯"], [LAMPS.body[0]]),
        Printed([LAMPS.body[1]], [LAMPS.body[2]]),
        ROADS,
    ]
    found, strangers = match([LAMPS, ROADS], theirs)
    assert lines(found) == [LAMPS.lines, ROADS.lines]
    assert strangers == []


def test_two_stories_read_as_one_are_divided():
    together = Printed(LAMPS.titles, [*LAMPS.body, *ROADS.lines])
    found, strangers = match([LAMPS, ROADS], [together])
    assert lines(found) == [LAMPS.lines, ROADS.lines]
    assert found[1].titles == ROADS.titles
    assert strangers == []


def test_stories_under_one_headline_are_told_apart_by_their_bodies():
    briefs = [Printed(["简讯"], LAMPS.body), Printed(["简讯"], ROADS.body)]
    found, _strangers = match(briefs, briefs[::-1])
    assert lines(found) == [briefs[0].lines, briefs[1].lines]


def test_nothing_is_found_where_nothing_is():
    assert match([], []) == ([], [])
    assert match([LAMPS], []) == ([None], [])
    assert match([], [LAMPS]) == ([], [LAMPS])
    assert match([LAMPS], [ROADS]) == ([None], [ROADS])
    assert match([Printed()], [Printed()]) == ([None], [Printed()])
