"""One form of writing for all: half-width marks, simplified characters, no invisible ones."""

from __future__ import annotations

import re
import unicodedata

# Simplified forms of the characters roles and surnames are written with, so that one lexicon
# reads both scripts. One character stands for one: places in the line stay the same.
_TRADITIONAL = str.maketrans(
    "記報訊員攝圖編輯責對實習約駐體專題視頻製繪畫寫採訪劃統籌審監設計"
    "張劉陳楊趙黃吳孫馬羅鄭謝許韓鄧馮蕭葉蘇呂盧鍾譚陸賈韋鄒龍賀顧龔"
    "萬錢嚴湯莊聶魯歐關蘭區縣鎮鄉團聯網臺電話國華來據轉載資發綜術簽終總執導"
    "處廳隊會黨醫學園廠館協業務東場橋門農銀證財經濟鐵車軍級廣實",
    "记报讯员摄图编辑责对实习约驻体专题视频制绘画写采访划统筹审监设计"
    "张刘陈杨赵黄吴孙马罗郑谢许韩邓冯萧叶苏吕卢钟谭陆贾韦邹龙贺顾龚"
    "万钱严汤庄聂鲁欧关兰区县镇乡团联网台电话国华来据转载资发综术签终总执导"
    "处厅队会党医学园厂馆协业务东场桥门农银证财经济铁车军级广实",
)
_WIDTHS = {
    **dict.fromkeys((9, 160, *range(8192, 8203), 8239, 8287, 12288), " "),
    **{ord(c): "(" for c in "（【〔［[〈〖{｛"},
    **{ord(c): ")" for c in "）】〕］]〉〗}｝"},
    **{ord(c): "|" for c in "｜│┃丨︱∣❘┆┊"},
    **{ord(c): "/" for c in "／∕⁄＼\\"},
    **{ord(c): "·" for c in "•・‧∙⋅･"},
    **{ord(c): ":" for c in "：﹕︰∶꞉"},
    **{ord(c): "," for c in "，﹐"},
    **{ord(c): ";" for c in "；﹔"},
    **{ord(c): "&" for c in "＆"},
}
# Spaces that came as markup with a line copied from a web page.
_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#12288|#x3000);")
_DROPPED = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\r]")


def clean(text: str) -> str:
    """The text without characters nobody can see, and a space for each space written as markup."""
    return _DROPPED.sub("", _ENTITY.sub(" ", text))


def fold(text: str) -> str:
    """A clean line in half-width marks, letters and digits, every character in its place.

    Han characters stay as printed. A full stop between Han characters is a name's dot.
    """
    text = text.translate(_WIDTHS)
    text = "".join(
        unicodedata.normalize("NFKC", c) if "\uff10" <= c <= "\uff5a" else c for c in text
    )
    return re.sub(r"(?<=[\u4e00-\u9fff])[.．](?=[\u4e00-\u9fff])", "·", text)


def simplify(line: str) -> str:
    """A folded line with the traditional characters of roles and surnames simplified.

    報導 is 报道 with another second character.
    """
    return line.translate(_TRADITIONAL).replace("报导", "报道")
