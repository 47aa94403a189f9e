//! What made-up people are called and where they live and spend.

/// Surnames, compound and rare ones among them.
pub(super) const SURNAMES: [&str; 32] = [
    "王", "陈", "吴", "楼", "朱", "金", "何", "骆", "张", "龚", "冯", "傅", "毛", "方", "丁", "宋", "黄",
    "虞", "李", "赵", "刘", "蒋", "杨", "周", "徐", "孙", "欧阳", "司马", "诸葛", "上官", "皇甫", "仝",
];

/// Given names of women.
pub(super) const WOMEN: [&str; 22] = [
    "秀珍", "小燕", "雅琴", "美娟", "慧", "玉兰", "桂花", "晓芸", "子涵", "淑芬", "丽萍", "㛃", "彩仙",
    "梦瑶", "爱菊", "静", "文倩", "思媛", "翠莲", "欣怡", "雪梅", "喆",
];

/// Given names of men.
pub(super) const MEN: [&str; 22] = [
    "建国", "志强", "伟", "明", "国庆", "海峰", "小军", "浩然", "子轩", "德福", "永康", "䶮", "根土", "俊杰",
    "金水", "涛", "文彬", "思远", "𠮷", "宇航", "樟荣", "龘",
];

/// Long names of people whose languages write them with dots.
pub(super) const LONG_NAMES: [&str; 4] =
    ["古丽巴哈尔·阿卜杜热西提", "迪丽努尔·艾合买提江·库尔班", "买买提艾力·吐尔逊托合提", "扎西才让·多杰仁增"];

/// The six digits of the places that gave the ID numbers: Yiwu, and others of Zhejiang.
pub(super) const AREAS: [&str; 14] = [
    "330782", "330782", "330782", "330782", "330782", "330782", "330702", "330783", "330102", "330203",
    "330302", "330602", "331002", "330726",
];

/// The fourteen towns and streets of Yiwu.
pub(super) const TOWNS: [&str; 14] = [
    "稠城街道",
    "福田街道",
    "江东街道",
    "稠江街道",
    "北苑街道",
    "后宅街道",
    "城西街道",
    "廿三里街道",
    "佛堂镇",
    "苏溪镇",
    "上溪镇",
    "义亭镇",
    "大陈镇",
    "赤岸镇",
];

/// Roads.
pub(super) const ROADS: [&str; 10] = [
    "香山路",
    "宾王路",
    "工人西路",
    "双江路",
    "雪峰西路",
    "稠州北路",
    "丹溪北路",
    "城中北路",
    "篁园路",
    "康园街",
];

/// Banks, with what the numbers of their cards begin with.
pub(super) const BANKS: [(&str, &str); 5] = [
    ("中国农业银行义乌分行", "622848"),
    ("义乌农商银行", "622858"),
    ("中国工商银行义乌分行", "621226"),
    ("中国建设银行义乌分行", "621700"),
    ("浙江稠州商业银行", "623251"),
];

/// A place in both languages.
pub(super) type Place = (&'static str, &'static str);

/// Clinics.
pub(super) const CLINICS: [Place; 3] = [
    ("稠城街道社区卫生服务中心", "Choucheng community health centre"),
    ("佛堂镇中心卫生院", "Fotang town health centre"),
    ("江东街道社区卫生服务中心", "Jiangdong community health centre"),
];

/// Pharmacies.
pub(super) const PHARMACIES: [Place; 3] = [
    ("便民大药房宾王路店", "Bianmin pharmacy, Binwang Road"),
    ("康宁药店", "Kangning pharmacy"),
    ("仁济药房香山路店", "Renji pharmacy, Xiangshan Road"),
];

/// Hospitals.
pub(super) const HOSPITALS: [Place; 3] = [
    ("义乌市中心医院", "Yiwu Central Hospital"),
    ("义乌市中医医院", "Yiwu Hospital of Traditional Chinese Medicine"),
    ("义乌市妇幼保健院", "Yiwu Maternity and Child Health Hospital"),
];
