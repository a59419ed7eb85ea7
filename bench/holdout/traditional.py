"""Traditional characters for those the generator uses; enough for a page that says it is Big5."""

SIMPLE = '专业东严个临为举义乐习乡书亚产仅从众会传储关兴内冈军农决况减击创别务办动区医华单卫厅历县参双发号启吴员园围国图场坚壮处备够头学宝实审宽宾对导寿将尔层届属峡广庆应废开强归当录径态总户执扫护报拨数断无时显术权条来标栏树档桥检楼欢残汇没济浏温滞潍灯点热牵状环现电畅疗盐监码积称稳简类粮纠级纳线练组细织经结绕络统绥继绪续维绵缓编缴罗罚职联肃脑舆节苏获营蕲补观规视览计认让训议记许论讼设访评识诉诊词话询该详说请读调谈谢负财责质贫购贵费资赞赣车转轮载较辑输辽过运还这进迟邮释针铜链销错键镇镕门闭问间闻阅阳陈陕随隐难页顶项顾预领题额馆驳验鸡黄龙'
FULL = '專業東嚴個臨為舉義樂習鄉書亞產僅從眾會傳儲關興內岡軍農決況減擊創別務辦動區醫華單衛廳歷縣參雙發號啟吳員園圍國圖場堅壯處備夠頭學寶實審寬賓對導壽將爾層屆屬峽廣慶應廢開強歸當錄徑態總戶執掃護報撥數斷無時顯術權條來標欄樹檔橋檢樓歡殘匯沒濟瀏溫滯濰燈點熱牽狀環現電暢療鹽監碼積稱穩簡類糧糾級納線練組細織經結繞絡統綏繼緒續維綿緩編繳羅罰職聯肅腦輿節蘇獲營蘄補觀規視覽計認讓訓議記許論訟設訪評識訴診詞話詢該詳說請讀調談謝負財責質貧購貴費資贊贛車轉輪載較輯輸遼過運還這進遲郵釋針銅鏈銷錯鍵鎮鎔門閉問間聞閱陽陳陝隨隱難頁頂項顧預領題額館駁驗雞黃龍'
assert len(SIMPLE) == len(FULL)
MAP = str.maketrans(SIMPLE, FULL)


def text(s):
    return s.translate(MAP)


def deep(x):
    """All strings of a structure but keys, ids and rule names, which hold no such characters."""
    if isinstance(x, str):
        return text(x)
    if isinstance(x, list):
        return [deep(y) for y in x]
    if isinstance(x, dict):
        return {k: deep(v) for k, v in x.items()}
    return x
