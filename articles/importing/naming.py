"""Words around place names: what a name cannot hold, and what stands before one.

Chinese prints no space before a name, so where one begins is judged by what stands to its left: the
larger place it lies in, a mark, a preposition. The lists are closed classes and the set phrases of
community news; they name no place.
"""

from __future__ import annotations

import re

# Characters of grammar that no name of a place holds.
GRAMMAR = frozenset(
    "的了是把被这那该各每某我你他她它们个并且也都很不已又及与等就才还而于以其从到在让使给或者着过吗呢吧啊么哪什由请因"
)

# First characters that are a preposition, an adverb or a number word, unless what follows makes
# them a name's beginning (和平, 向阳, 同心).
NOT_FIRST = re.compile(
    r"[对将往自为当随经跟正刚再没无有全多几两些名位户条处所片类种批项次座县]"
    r"|同(?![心德安乐兴福济舟仁和庆欣盛创])|向(?![阳荣南北东西前上塘家山])"
    r"|和(?![平谐睦顺美悦乐畅欣风祥昌庆润安兴丰盛畈塘])|进(?![贤德])"
    r"|[一二三四五六七八九十百千]{1,3}[个名位家条座处片]"
)
# Last characters that make what follows a general word (进社区, 各街道).
NOT_LAST = re.compile(
    r"(?:(?<![前跃奋先])进|(?<![安永祥泰人太义仁信共中天家顺])和|[入赴爱治建回离返出小本向为对将把同跟走串]|"
    r"大(?=镇)|(?<![一二三四五六七八九十\d])[区县市]|街道|[镇乡])$"
)

# Verbs and common nouns: what stood before 社区 or 街道 would hold one of them if it is no name.
# Behind a bar, what makes the word a street's name after all (建设路, 文化里).
_WORDS = """
推动 推进 深入 走进 走近 清理 净化 维护 完善 参与 参加 服务 依托 利用 充分 联系 组织 整合 引导
发动 动员 鼓励 加强 提升 优化 打造 建设|路街里巷桥新 推广 支持 助力 融入 下沉 对接 联合 带动
协助 协调 指导 开展 覆盖 关爱 保障 激发 激活 丰富 美化 扮靓 点亮 温暖 守护 创新|路街里 构建
探索 扎根 立足 围绕 聚焦 根据 结合 通过 按照 针对 实现 促进 强化 深化 细化 增强 改善 改造 改进
解决 化解 处理 反映 反馈 报告 上报 回到 来到 走访 前往 奔赴 返回 离开 进入 入驻 驻扎 成立 设立
建立 搭建 选派 选聘 招募 邀请 号召 倡导 宣传 普法 科普 义诊 送 所在 附近 周边 辖区 下辖 所辖
管辖 相关 有关 涉及 属于 作为 成为 包括 例如 比如 以及 还有 其他 其余 另外 不同 所有 全部 多数
部分 少数 近日 日前 目前 当前 今年 去年 当天 当日 上午 下午 晚上 现在 如今 如果 因为 所以 但是
为了 记者 居民 村民 群众 党员 干部 志愿 完成 破解 筑牢 夯实 做实 做好 做优 做强 抓好 抓实 织密
用好 发挥 统筹 谋划 落实 贯彻 执行 规范 明确 赋予 畅通 拓展 延伸 挖掘 盘活 新建 重建 绘制 编制
制定 印发 出台 签订 召集 安排 部署 督促 督导 培训 培育 培养 孵化 吸引 吸纳 凝聚 汇聚 集聚 链接
引入 引进 引领 统领 率领 撬动 推行 实行 实施 试行 开通 开放 开办 开设 启用 启动 投入 投放 投身
热爱 关注 关心 关怀 重视 牵头 承接 承担 承办 主办 协办 举办 举行 召开 接受 接待 接管 接到 收到
发布 发放 发起 派出 抽调 选出 选举 评选 评出 表彰 奖励 补贴 资助 捐赠 赠送 运用 运营 负责 主持
担任 当选 调研 考察 视察 察看 参观 观摩 学习|路街 交流 讨论 研究 思考 总结 汇报 梳理 登记 录入
核实 办理 代办 帮办 受理 处置 应对 防范 预防 减轻 减少 降低 控制 防止 避免 杜绝 消除 排除 拆除
修复 修缮 更新 翻新 更换 调整 变更 转变 转化 变身 焕新 呈现 展现 展示|路 彰显 体现 突出 突破
助推 赋能 惠及 遍布 走遍 跑遍 来自 属地 学校|路街 医院|路街 企业 公司 单位 部门 机关|路
政府|路街 需要 可以 能够 应该 必须 希望 喜欢 帮助 照顾 看望 慰问 拜访 返乡 下乡 进村 入村 驻村
管理 治理 整治 巡查 巡逻 检查 排查 摸排 共建 共治 共享 对口 帮扶 结对 试点 示范 精神
文化|路街里巷宫 活动 项目 工作 品牌 阵地 平台 最美 首届 首批 首个 首家 第一 数字 智能 绿色通道
书记 主任 党委 介绍 告诉 说道 表示 认为 觉得 知道 看到 听到 感受 享受 发现 认领 报到 住房 财政
拨打 致电 对话 专访 推开 翻开 打开 踏进 踏入 步入 漫步 穿过 沿着 俯瞰 参照 咨询 告知 询问 配合
提醒 通知
民政|路街 公安 司法 人社 人力 水利 商务 应急 市场监管 统计 医疗 信访 税务 气象 发改 审计 城管
消防 教育局 中心 委员会 大队 集团 协会 联合会
"""


def _pattern(words: str) -> re.Pattern[str]:
    choices = []
    for entry in words.split():
        word, _, rescued_by = entry.partition("|")
        choices.append(word + (f"(?![{rescued_by}])" if rescued_by else ""))
    return re.compile("|".join(choices))


WORDS = _pattern(_WORDS)

# What stands before 社区, 街道 … in general speech. Words of one character count only where they
# are all that stands there, longer ones also at the end of more.
GENERIC = {
    suffix: frozenset(words.split())
    for suffix, words in {
        "社区": """
            城市 农村 城乡 智慧 老旧 示范 文明 和谐 平安 幸福 美丽 绿色 健康 完整 未来 韧性 安全
            宜居 品质 熟人 网络 虚拟 学习型 友好型 开放式 单位 安置 涉农 村改居 拆迁安置
            儿童友好 老年友好 青年友好 现代化 先进 优秀 省级 市级 区级 新型 新 老 大 小 城 乡 全
            邻 网 村 镇 型 多 综合 大型 超大 国际 样板 标杆 书香 无诈 零碳 低碳 共富 宜养 商住
            高校 校园 工业 产业 商圈 街道 城区 主城区 老城区 新城区 郊区 老城 新城 古城 县城
            农转 基层 特色 精品 星级 红色 温馨 温情 法治 民主 民族 多民族 互嵌式 一个 两个 整个
            小区 整村
        """,
        "街道": """
            主 背 老 新 大 小 全 区 城市 城区 乡镇 镇 街 社区 城乡 整洁 干净 繁华 商业 主要
            中心城区
        """,
        "镇": """
            城 乡 集 古 重 小 村 全 强 名 老 新 大 建制 特色 特色小 水 坐 冰 千年古 文明 卫生
            美丽 经济强 街 乡村
        """,
        "乡": """
            家 故 老 下 返 城 回 他 同 还 异 水 侨 全 思 离 之 归 入 出 进 外 梦 原 民族 革命老
            美丽
        """,
        "村": """
            农 乡 山 渔 全 新 老 古 小 大 驻 入 进 下 出 回 同 邻 外 多 行政 自然 城中 贫困 美丽
            重点 度假 地球 脱贫 薄弱 先进 文明 样板 特色 传统 历史 名 强 富裕 明星 空心 城郊
            偏远 包 联 红色 合并 淘宝 民俗 生态 和美 未来 整 原 老家 选手 奥运 一 两 三 几 数
            本地 相邻 沿线 沿江 边远 山区 库区 亮点 精品 标杆 工人 职工 华侨 移民 世界 艺术家
            大学
        """,
    }.items()
}

# The larger places a name may follow directly; 社区, 园区, 城市 and their like are none.
_DISTRICT_END = "(?<![社小辖园校景片地城山老厂库居郊])区"  # 社区 and 园区 are none
DISTRICT = f"(?:[县旗]|{_DISTRICT_END})"
_DISTRICT = rf"县|{_DISTRICT_END}|(?<![城都超集菜夜门股上])市"
LARGER = {
    "社区": re.compile(rf"(?:街道|[镇乡]|{_DISTRICT})$"),
    "街道": re.compile(rf"(?:{_DISTRICT})$"),
    "镇": re.compile(rf"(?:{_DISTRICT})$"),
    "乡": re.compile(rf"(?:{_DISTRICT})$"),
    "村": re.compile(rf"(?:街道|[镇乡]|{_DISTRICT})$"),
}
# Words a name follows: the prepositions and verbs of going and dwelling; and, less surely, others.
STRONG_BEFORE = re.compile(
    r"(?:[在到赴由从及与]|来到|走进|走近|位于|深入|邀请|联合|家住|住在|走访|前往|来自|地处|下辖|所辖|隶属于?|派驻|抵达|"
    r"返回|携手|入驻|进驻)$"
)
BEFORE_NAME = re.compile(
    r"(?:[的是因请为对将把给让去了向以至和]|组织|带领|指导|帮助|对接|对口|结对|牵手|联系|包括|例如|比如|以及|还有|其中|推荐)$"
)
# A conjunction after a place joins another place.
LISTED = re.compile(r"(?:社区|街道|[镇乡村区县市])(?:[和与及、]|以及)$")

# What makes 村, 乡, 镇, 街道 part of a general word with what follows.
GOES_ON = {
    "社区": re.compile(r"(?!)"),
    "街道": re.compile(r"两旁|两侧|两边|上(?!级)|路面|整洁|清扫|清洁"),
    "镇": re.compile(r"[静定压痛守宅纸]|社区|街道|村(?!民)"),
    "乡": re.compile(
        r"[村亲镇贤音愁里土下间情邻党]|社区|街道|建设|规划|融合|统筹|一体|居民|低保|接合|结合"
    ),
    "村": re.compile(
        r"[民庄级落口里头史干官居规晚企校镇务]|组(?!织|建|队|成)|医(?!保)|社区|街道|集体|[“\"]?两委"
    ),
}

STATION = re.compile(
    r"驿站|党群(?:便民)?服务(?:中心|站|点)|便民服务(?:中心|站|点)|"
    r"(?:新时代)?文明实践(?:中心|站|所|点)|"
    r"医保(?:便民|综合|经办)?(?:服务)?(?:窗口|站|点)|医保(?:经办|服务|经办服务)点|经办点"
)
# Words before a kind of station that describe it and name none.
_STATION_WORDS = """
街道 社区 小区 园区 商圈 楼宇 家门口 门口 附近 各 该 辖区 基层 城区 乡镇 网格 区级 镇级 村级
市级 区 市 县 镇 村 乡 企业 学校 机关 单位 周边 就近 新 老 原 本 当地 线上 线下 暖心 暖 爱心
清凉 红色 党群 便民 小哥 骑手 骑士 司机 户外 劳动者 城市 志愿 服务 新时代 工会 职工 环卫
环卫工 先锋 党建 快递 外卖 货车 网约车 新业态 新就业群体 特色 示范 一站式 综合 多功能 全天候
24小时 共享 温馨 温暖 阵地 等 和 与 及 建成 建设 打造 设立 设置 开设 共建 新建 依托 通过 利用
以 为 在 到 把 将 的 了 个 座 处 家 一 二 两 三 多 这 那 全区 全市 全县 全镇 首个 首家 多个
每个 一个
"""
STATION_GENERIC = re.compile("(?:" + "|".join(_STATION_WORDS.split()) + r"|\d+)*")
