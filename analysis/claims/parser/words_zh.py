"""Chinese as newspapers write of trade: what its words stand for in the English that is parsed."""

import re
from typing import Final

Rules = tuple[tuple[str, str], ...]

# traditional letters that the rules name in simplified form
LETTERS: Final = str.maketrans(
    "國貿進億萬長額羅對從個幣總與減漲創歷紀錄佔煤氣為達機車動產農銅鎳鋁並據間標預測計劃雙邊兩較來應購買華過僅當後頭約餘顯變種類實漁糧礦鐵鋼電設備產結東內關統發佈增規則圓聯",
    "国贸进亿万长额罗对从个币总与减涨创历纪录占煤气为达机车动产农铜镍铝并据间标预测计划双边两较来应购买华过仅当后头约余显变种类实渔粮矿铁钢电设备产结东内关统发布增规则元联",
)
_YEAR: Final = r"((?:19|20)[0-9]{2}) ?年(?:的)?"
_TO: Final = r" ?(?:至|到|-) ?"
_MONTHS: Final = r"(?= ?(?:个?月|季度|(?:月份?)? ?(?:至|到|-) ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}) ?月))"
_NUMERALS: Final = ("十二", "十一", "十", "一", "二", "三", "四", "五", "六", "七", "八", "九", "两")
_FIGURES: Final = ("12", "11", "10", "1", "2", "3", "4", "5", "6", "7", "8", "9", "2")
_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_RUSSIA: Final = "(?:俄罗斯|俄国|俄方|俄)"
_CHINA: Final = "(?:中国|我国|中方|华)"
_SUM: Final = "(?:总额|总值|金额|额|值)?"
_NUMBER: Final = r"[0-9]{1,18}(?:\.[0-9]{1,18})?"

# what a statement about trade is made of and changes nothing here, the longer word before the shorter
_FILLING: Final = re.findall(
    r"\S+",
    """
        最大 第一 海关总署 进一步 根据 海关 总署 数据 统计 显示 公布 发布 表明 其中 总额 总值
        金额 价值 规模 合计 累计 总计 共计 货物 商品 产品 之间 双边 两国 全年 当年 期间 时期
        月度 年度 今年 去年 上年 同期 大幅 小幅 显著 明显 迅速 快速 强劲 持续 继续 高达 分别
        达到 水平 约合 创下 历史 相比 方面 情况 共 总 据 之 仅 只 达 为 是 的 了 在 至
        到 和 与 及 由 从 自 向 对 以 按 计 创 额 值 年 月 日 比 较 也 均 都 并 而
        将 已 再 又 其 里 中
        """,
)
_TENTHS: Final = tuple(zip("一二三四五六七八九两", "1234567892", strict=True))
_PARTS: Final = (
    ("三分之一", "33"),
    ("三分之二", "67"),
    ("四分之一", "25"),
    ("四分之三", "75"),
    ("五分之一", "20"),
    ("五分之二", "40"),
)
# months and marks of numbers, read first
BEFORE: Final[Rules] = (
    (r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", ""),
    (r"(?<!自)((?:(?:19|20)[0-9]{2} ?年 ?)(?:[0-9]{1,2} ?月)?份?|[0-9]{1,2} ?月份?)以来", r" since \1 "),
    (r"自(?=(?:19|20)[0-9]{2} ?年)", " since "),
    # 2181亿7600万
    *((rf"(?<![0-9.])([0-9]{{1,6}})亿([0-9]{{{size}}})万", rf"\1.{'0' * (4 - size)}\2亿") for size in range(1, 5)),
    (r"(?<=[0-9])[多余](万亿|千亿|百亿|亿|千万|百万|万)", r"\1多"),
    # three tenths as a word, and parts of a whole
    *((rf"{numeral}成(?=[^交为立果员本长分功就]|$)", f"{figure}0%") for numeral, figure in _TENTHS),
    (r"(?<![0-9.])([1-9])成(?=[^交为立果员本长分功就]|$)", r"\g<1>0%"),
    *((chinese, f"约{percent}%") for chinese, percent in _PARTS),
    (rf"百分之 ?({_NUMBER})", r"\1%"),
    (rf"({_NUMBER} ?(?:万亿|千亿|百亿|亿|万)? ?(?:美元|人民币|元)?%?) ?(?:以上|之多)", r" more than \1"),
    (rf"({_NUMBER} ?(?:万亿|千亿|百亿|亿|万)? ?(?:美元|人民币|元)?%?) ?以下", r" less than \1"),
    *((rf"{numeral}{_MONTHS}", figure) for numeral, figure in zip(_NUMERALS, _FIGURES, strict=True)),
    (rf"(?<![0-9])([1-9]){_MONTHS}", r"0\1"),
    # with their year: 2023年1-6月, 2023年前7个月, 2023年上半年
    (rf"{_YEAR} ?([0-9]{{2}}) ?月(?:份)?{_TO}{_YEAR} ?([0-9]{{2}}) ?月(?:份)?", r" \1-\2 to \3-\4 "),
    (rf"{_YEAR} ?([0-9]{{2}}) ?(?:月份?)?{_TO}([0-9]{{2}}) ?月(?:份)?", r" \1-\2 to \1-\3 "),
    (rf"{_YEAR} ?(?:前|头|首)([0-9]{{2}}) ?个?月", r" \1-01 to \1-\2 "),
    (rf"{_YEAR} ?(?:前|头|首)0?2个?季度?", r" \1-01 to \1-06 "),
    (rf"{_YEAR} ?(?:前|头|首)0?3个?季度?", r" \1-01 to \1-09 "),
    (r"([0-9]{4}) ?年 ?(?:至|到|-) ?([0-9]{4}) ?年", r" \1 to \2 "),
    (rf"{_YEAR} ?([0-9]{{2}}) ?月(?:份)?", r" \1-\2 "),
    (rf"{_YEAR} ?上半年", r" \1-01 to \1-06 "),
    (rf"{_YEAR} ?下半年", r" \1-07 to \1-12 "),
    (rf"{_YEAR} ?第?(?:0?1|首)个?季度?", r" \1-01 to \1-03 "),
    (rf"{_YEAR} ?第?0?2季度?", r" \1-04 to \1-06 "),
    (rf"{_YEAR} ?第?0?3季度?", r" \1-07 to \1-09 "),
    (rf"{_YEAR} ?第?0?4季度?", r" \1-10 to \1-12 "),
    (rf"{_YEAR} ?(?:同期|同月)", r" same period of \1 "),
    (rf"{_YEAR} ?(?:全年|度)?", r" \1 "),
    # without it
    (rf"(?<![0-9])([0-9]{{2}}) ?(?:月份?)?{_TO}([0-9]{{2}}) ?月(?:份)?", r" \1月-\2月 "),
    *((rf"(?:前|头|首){month:02d} ?个?月", f" first {month} months ") for month in range(1, 13)),
    *((rf"(?<![0-9]){month:02d} ?月(?:份)?", f" {_NAMES[month - 1]} ") for month in range(1, 13)),
    ("上半年", " first half "),
    ("下半年", " second half "),
    ("(?:前|头|首)0?2个?季度", " first 6 months "),
    ("(?:前|头|首)0?3个?季度", " first 9 months "),
    ("第?(?:0?1|首)个?季度", " first quarter "),
    ("第?0?2季度", " second quarter "),
    ("第?0?3季度", " third quarter "),
    ("第?0?4季度", " fourth quarter "),
)
# the English scale of a Chinese one, and how many places the point moves
SCALES: Final = {
    "万亿": ("trn", 0),
    "千亿": ("trn", -1),
    "百亿": ("bn", 1),
    "亿": ("bn", -1),
    "千万": ("bn", -2),
    "百万": ("mln", 0),
    "万": ("mln", -2),
}
CURRENCIES: Final = {
    "美元|美金": "dollars",
    "人民币元|元人民币|人民币|元": "yuan",
    "欧元": "euros",
    "卢布": "roubles",
    "日元": "yen",
    "英镑": "pounds",
}
RULES: Final[Rules] = (
    # a change from an amount, or by one
    (r"从(?=[a-z0-9 -]{0,24}的? ?[0-9.]+ ?(?:bn|mln|trn|%))", " from "),
    (r"(?:增至|升至|增加到|增长到|提高到|提高至|扩大到|扩大至)(?:了|到)?", " grew to "),
    (r"(?:降至|减至|下降到|下降至|减少到|减少至|跌至)(?:了|到)?", " fell to "),
    (
        r"(增长|增加|增|扩大|减少|下降|缩小)了? ?(约|近|超|超过)? ?(?=[0-9.]+ (?:bn|mln|trn) (?:dollars|yuan))",
        r"\1 \2 by ",
    ),
    (
        r"比([^,;。]{0,16}(?:增长率|增速|增幅|涨幅))[^,;。]{0,4}(?:高|快|多)(?:了)?(?:出)?(?:近|约)?(?:一|两|[0-9])?倍(?:多)?",
        r" faster than \1 ",
    ),
    # goods of many kinds, and parts of a country
    ("(?:机电|机械电子)(?:和|及|与)?(?:高新技术|高技术)?产品", " electromechanical products "),
    ("(?:高新技术|高技术)产品", " high-tech products "),
    ("(?:农副产品|农产品|农业产品|农食产品)", " agricultural products "),
    ("(?:民营|国有|私营|外资|外商投资)企业", " private enterprises "),
    (
        (
            "(?:黑龙江|内蒙古|吉林|辽宁|新疆|山东|广东|浙江|江苏|福建|海南|四川|重庆|上海|天津|河北|河南|湖南|湖北|哈尔滨|满洲里|绥芬河"
            "|黑河|珲春|二连浩特|远东)(?:省|市|自治区|口岸|关区|地区)?"
        ),
        " provincial ",
    ),
    ("(?:边境贸易|边境小额贸易|(?<!双)边贸(?!易))", " border trade "),
    ("跨境电商|跨境电子商务", " e-commerce "),
    # what a change is over
    ("(?:环比|比上月|较上月|比上季度|较上季度)", " month-on-month "),
    ("前一(?:个)?月", " the previous month "),
    (r"(?:相比于?|相较于?|比|较|与)(?= *(?:19|20)[0-9]{2}| same period)", " compared with "),
    (r"(?:同比|按年|比上年同期|比去年同期|较上年同期|较去年同期|比上年|比去年|较上年|较去年)", " year-on-year "),
    ("(?:去年|上年)(?:同期|同月)的?", " a year earlier "),
    # shares: of what stands before the number
    (r"在([^,;。]{1,20}?)中,? ?(俄罗斯|俄|中国)(?:的|所)?(?:占比|份额|比重|占)(?:为|达到?)?", r" \2 share of \1 "),
    (r"在([^,;。]{1,20}?)(?:中|里)(?:的|所)?(?:占比|占据|占有?|份额|比重|比例)(?:为|达到?|了)?", r" share of \1 "),
    (
        (
            r"占(?!比)(?:了|据)?([^,;。0-9]{1,20}?)的?(?:比重|比例|份额)?(?:的|为|达到?)?"
            r"(?= ?(?:约|近|大约|将近|超|逾){0,2} ?[0-9])"
        ),
        r" share of \1 ",
    ),
    ("(?:市场份额|占比|份额|比重|比例|占)", " share "),
    # multiples
    (rf"(?:增长|增加|增|扩大)(?:了)? ?(?:近|约|将近|接近)? ?({_NUMBER}) ?倍", r" grew, plus \1 times "),
    (rf"({_NUMBER}) ?倍", r" \1 times "),
    ("翻了?两番", " quadrupled "),
    ("(?:翻了?一?番|翻了?一?倍|增长了?1?一倍)", " doubled "),
    ("(?:减半|腰斩|下降了?一半|减少了?一半)", " halved "),
    # bounds
    ("(?:不超过|不足|不到|少于|低于|小于|至多|未达)", " less than "),
    ("(?:不少于|不低于|超过|超|逾|高于|突破|多于|大于|至少)", " more than "),
    ("(?:大约|约|近|将近|接近|左右|上下)", " about "),
    ("(?:历史新高|历史最高(?:水平|纪录|记录)?|新高|纪录|记录)", " record "),
    # what is wished or foreseen
    ("(?:目标|同意|商定|力争|预计|预期|有望|预测|计划)", " target "),
    # whose flow
    ("白俄罗斯", " belarus "),
    ("(?:供应国|来源国|供应商)", " "),
    ("(?:对外贸易|外贸|贸易)(?:进出口)?(?:总额|总值|额|值|规模|往来)?", " trade "),
    # a balance with China is Russia's
    (
        (
            f"(?:{_RUSSIA}(?:方)?)?在?(?:对|与|同|和){_CHINA}的?(?:双边|货物|商品)?(?:贸易| trade )?[中上里]?"
            "(?:的|实现|录得|出现|有|保持|存在|为)?了?(?= ?(?:顺差|逆差|差额|余额))"
        ),
        " russia's trade ",
    ),
    ("(?:贸易)?顺差", " surplus "),
    ("(?:贸易)?逆差", " deficit "),
    ("(?:差额|余额)", " balance "),
    (f"进出口{_SUM}", " trade "),
    ("(?:进|出)口(?:数量|量)", " tonnes "),
    (f"{_RUSSIA}(?:对|向){_CHINA}的?(?:出口|供应|供货|销售|输出){_SUM}", " russia's exports to china "),
    (f"{_RUSSIA}(?:从|自){_CHINA}的?(?:进口|购买|采购|输入){_SUM}", " russia's imports from china "),
    (f"{_RUSSIA}(?:对|向){_CHINA}的?(?=[^,;。]{{1,12}}(?:出口|供应|供货|销售))", " russian supplies to china, "),
    (f"{_RUSSIA}(?:从|自){_CHINA}的?(?=[^,;。]{{1,12}}(?:进口|购买|采购))", " russia bought from china, "),
    (f"{_CHINA}(?:对|向){_RUSSIA}的?(?:出口|供应|供货|销售|输出){_SUM}", " china's exports to russia "),
    (f"{_CHINA}(?:从|自){_RUSSIA}的?(?:进口|购买|采购|输入){_SUM}", " china's imports from russia "),
    (f"(?:对|向){_RUSSIA}的?(?:出口|供应|供货|销售|输出){_SUM}", " exports to russia "),
    (f"(?:从|自|来自){_RUSSIA}的?(?:进口|购买|采购|输入){_SUM}", " imports from russia "),
    (f"(?:从|自|来自){_RUSSIA}的?", " from russia, "),
    (f"(?:对|向|与|同|和){_RUSSIA}的?", " with russia, "),
    (f"{_RUSSIA}的?(?=surplus|deficit| surplus| deficit)", " russia's"),
    (f"(?:对|向){_CHINA}的?", " with china, "),
    ("(?:中俄|俄中)(?!罗斯)", " sino-russian "),
    (f"(?:出口|供应|供货|售出|销售|卖出|出货){_SUM}量?", " exports "),
    (f"(?:进口|购买|采购|买入|花费|支出|花){_SUM}", " imports "),
    (_RUSSIA, " russia "),
    ("(?:中国|我国|中方)", " china "),
    # goods
    ("(?:成品油|石油产品|油品)", " oil products "),
    ("(?:原油|石油)", " crude "),
    ("(?:煤炭|煤及褐煤|煤)", " coal "),
    ("液化(?:天然气|气)", " lng "),
    ("(?:管道|管输)(?:天然)?气", " pipeline gas "),
    ("(?:天然气|燃气)", " natural gas "),
    ("(?:四种燃料|四类燃料|四类能源|四种能源|能源产品|能源|化石燃料|矿物燃料|燃料)", " energy "),
    ("(?:卡车|货车|载货汽车)", " trucks "),
    ("(?:乘用车|小汽车|轿车|汽车)", " cars "),
    ("车辆", " vehicles "),
    ("(?:电气设备|电机设备|电机|电器)", " electrical equipment "),
    ("(?:机械设备|机械|机器)", " machinery "),
    ("(?:木材|木制品)", " wood "),
    ("(?:矿砂|矿石)", " ores "),
    ("(?:粮食|谷物)", " grain "),
    ("(?:化肥|肥料)", " fertilisers "),
    ("(?:水产品|海产品|海鲜|鱼类|鱼)", " fish "),
    ("(?:铜)", " copper "),
    ("(?:镍)", " nickel "),
    ("(?:铝)", " aluminium "),
    ("(?:税则号|税号|品目|海关编码|编码)", " heading "),
    (r"第? ?([0-9]{2}) ?章", r" chapter \1 "),
    # what customs data do not know
    ("(?:士兵|军人|军队|武器|导弹|弹药)", " soldiers "),
    ("(?:本币|结算|支付)", " settled "),
    ("(?:股价|股票|股市|债券|证券)", " stocks "),
    ("(?:投资|贷款|债务|外汇储备|储备|存款)", " investment "),
    ("(?:国内生产总值|经济增长|经济|通货膨胀|通胀|失业率?|预算|工资)", " gdp "),
    ("(?:游客|旅客|留学生|学生|移民|人口|航班)", " tourists "),
    ("(?:服务|软件)", " services "),
    ("(?:空壳公司|走私|规避制裁|绕过制裁|第三国|最终用户|国防)", " third countries "),
    ("汇率", " exchange rate "),
    ("卢布", " roubles "),
    ("欧元", " euros "),
    ("(?:个百分点|百分点)", " percentage points "),
    ("(?:万吨|亿吨|吨|桶|立方米|公斤|千克|万辆|辆|万台|台)", " tonnes "),
    ("按(?:重量|数量)(?:计算|计)?", " by weight "),
    ("(?:价格|均价|单价|便宜|折扣|更贵)", " price "),
    ("(?:修订|修正)", " revisions "),
    ("(?:军民两用|两用)", " dual-use "),
    # other countries
    *(
        (f"(?:{chinese})", f" {english} ")
        for chinese, english in (
            ("印尼|印度尼西亚", "indonesia"),
            ("印度", "india"),
            ("欧盟|欧洲", "eu"),
            ("美国", "usa"),
            ("日本", "japan"),
            ("德国", "germany"),
            ("土耳其", "turkey"),
            ("哈萨克斯坦", "kazakhstan"),
            ("吉尔吉斯斯坦", "kyrgyzstan"),
            ("香港", "hong kong"),
            ("台湾", "taiwan"),
            ("乌克兰", "ukraine"),
            ("非洲", "africa"),
            ("东盟", "asean"),
            ("金砖国家|金砖", "brics"),
            ("全球|世界", "world"),
            ("伊朗", "iran"),
            ("朝鲜", "north korea"),
            ("阿联酋", "uae"),
            ("荷兰", "netherlands"),
            ("越南", "vietnam"),
            ("韩国", "korea"),
            ("法国", "france"),
            ("意大利", "italy"),
            ("波兰", "poland"),
            ("芬兰", "finland"),
            ("巴西", "brazil"),
            ("英国", "britain"),
            ("加拿大", "canada"),
            ("墨西哥", "mexico"),
            ("蒙古国|蒙古", "mongolia"),
            ("乌兹别克斯坦", "uzbekistan"),
            ("土库曼斯坦", "turkmenistan"),
            ("沙特阿拉伯|沙特", "saudi arabia"),
            ("伊拉克", "iraq"),
            ("澳大利亚|澳洲", "australia"),
            ("马来西亚", "malaysia"),
            ("新加坡", "singapore"),
            ("泰国", "thailand"),
            ("埃及", "egypt"),
            ("以色列", "israel"),
            ("阿根廷", "argentina"),
            ("西班牙", "spain"),
            ("瑞士", "switzerland"),
            ("卡塔尔", "qatar"),
            ("拉美|拉丁美洲", "latin america"),
            ("中亚", "central asia"),
        )
    ),
    # more or less
    (
        "(?:大降|骤降|锐减|大跌|暴跌|缩水|下挫|下降|减少|下跌|下滑|降低|缩减|萎缩|收缩|回落|降幅|跌幅|跌|降至|降|减)",
        " fell ",
    ),
    (
        "(?:大增|大涨|激增|猛增|剧增|飙升|攀升|成长|增长|增加|上升|上涨|攀升|扩大|提高|增幅|增速|增长率|涨幅|增至|升至|增|涨|升)",
        " grew ",
    ),
    ("(?:以|按)(?:美元)(?:计价|计算|计值|计)?|美元(?:计价|计算|计值|计)", " in dollar terms "),
    ("(?:以|按)(?:人民币|元)(?:计价|计算|计值|计)?|人民币(?:计价|计算|计值|计)", " in yuan terms "),
    ("美元", " dollars "),
    ("人民币|元", " yuan "),
    (r"(?:达到|达|为)(?= ?(?:约|近|逾|超)?[0-9])", " came to "),
    # words that change nothing here
    (f"(?:{'|'.join(_FILLING)})", " "),
)
