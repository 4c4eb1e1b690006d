// 建档与主数据 pages; words.en.ts has the same keys.
export const keepingZh = {
  nav: '建档', navInstitutions: '机构', required: '必填', optional: '选填',
  title: '新建档案', lead: '边填边查重；带“必填”的不能空，其余可以以后补',
  unknownPerson: '身份不明（无名氏）', unknownHelp: '昏迷、走失、无法说明身份的人：先登记，以后用“确认身份”补齐。', description: '特征与经过', descriptionHint: '例如：男，约 60 岁，左腕有疤，11 月 22 日 10 时由 120 送来',
  sections: { who: '身份', where: '住址与家庭', contact: '联系人', health: '健康', consent: '知情同意' },
  document: '证件种类', number: '证件号码', validUntil: '有效期至', addDocument: '再加一个证件', removeDocument: '去掉这个证件',
  name: '姓名', nameHint: '最多 50 个字，生僻字照写；少数民族姓名的间隔号写“·”即可', sex: '性别', birth: '出生日期', birthHint: '年-月-日，如 1985-03-07；身份证号会自动带出', lunar: '这是农历（按原话保存，不换算）',
  nationality: '民族', phone: '电话', phoneHint: '多个电话用逗号隔开', address: '住址', village: '村（居）', grid: '网格', household: '户号', householdHint: '同一户号的人归为一户', householdRole: '与户主关系', contactName: '联系人姓名', contactRelationship: '关系', contactPhone: '联系人电话',
  allergies: '过敏史', history: '既往史', whichAllergies: '对什么过敏', whichHistory: '患过什么病', listHint: '多项用顿号隔开', asked: { 'not-asked': '未询问', none: '无', yes: '有' }, consent: '是否同意建立健康档案', consents: { 'not-asked': '未询问', given: '同意', refused: '不同意' },
  sexes: { male: '男', female: '女', unknown: '未知', other: '未说明' },
  kinds: { 'resident-id': '居民身份证', 'household-book': '居民户口簿', 'birth-certificate': '出生医学证明', passport: '护照', 'hk-macao-permit': '港澳居民来往内地通行证', 'taiwan-permit': '台湾居民来往大陆通行证', 'hmt-residence': '港澳台居民居住证', 'foreign-residence': '外国人永久居留身份证' },
  candidates: '可能是同一人', noCandidates: '暂未发现可能重复的档案', candidatesFound: '发现 {{n}} 份可能重复的档案', score: '相似 {{n}}', sameDocument: '证件号码相同', open: '打开核对', different: '不是同一人',
  reasons: {
    document: '证件号码相同', name: '姓名相同', 'name-sound': '姓名同音', 'name-like': '姓名相近', 'name-other': '姓名不同', 'birth-date': '出生日期相同', 'birth-date-swapped': '出生月日颠倒', 'birth-date-like': '出生日期差一处', 'birth-year': '出生年份相同', 'birth-date-other': '出生日期不同', sex: '性别相同', 'sex-other': '性别不同', phone: '电话相同', village: '同村',
  },
  ageIs: '年龄 {{age}}', confirmTitle: '请逐项核对', confirmHelp: '以下内容不寻常但可能属实；核对后勾选。', mustMend: '还有 {{n}} 处需要改正', save: '建档', saving: '正在保存…', saved: '已建档', savedHelp: '{{name}} 的档案已经建立。', another: '再建一份', toRecord: '打开档案', toKeep: '档案维护', importLink: '批量导入', checkingFailed: '暂时无法查重，提交时仍会检查',
  keep: {
    title: '档案维护', lead: '每次更正与办理都写明理由、留下记录，办错可以撤销', back: '返回健康档案', facts: '基本信息', edit: '更正', reason: '理由', reasonHint: '写明依据，如“核对身份证原件”；会与改动一起留存', by: '操作者', save: '保存', cancel: '取消', done: '已保存', unrecorded: '未记录', told: '（按原话，农历）', documents: '证件与号码', identity: '身份', addresses: '住址', phones: '电话', contacts: '联系人', name: '姓名', formerNames: '曾用名', household: '家庭成员', noHousehold: '没有登记家庭', children: '新生儿', valid: '至 {{day}}',
    identityStatus: { document: '已核对证件', told: '本人口述，无证件', newborn: '新生儿，待补证件', unknown: '身份不明' }, residency: { resident: '在册', 'moved-out': '已迁出', lost: '失访', deceased: '已故' },
    acts: '办理', moveIn: '迁入', moveOut: '迁出', lost: '失访', deceased: '死亡登记', newborn: '登记新生儿', identify: '确认身份', date: '日期', newAddress: '现住址', from: '从哪里来', to: '迁往哪里', lostReason: '失访经过', lostHint: '何时、怎样联系过', deathGround: '依据', deathHint: '死亡医学证明、家属告知等', deathWarning: '保存后会结束尚未结束的签约、计划、预约、任务与用药；登记错了可以在下面撤销。', order: '双（多）胞胎顺序', orderHint: '单胎不填',
    history: '办理记录', undo: '撤销', undone: '已撤销', noHistory: '没有办理记录', undoTitle: '撤销“{{act}}”', undoHelp: '撤销后恢复到办理之前；若之后又有改动则不能撤销。', failed: '没有保存', confirm: '已核对，仍然保存',
  },
  wrong: { title: '写错的记录', help: '别人的就诊写到了这里，或内容写错：移到正确的人名下，或标为录入有误。原处不删除。', to: '其实是谁的', marked: '录入有误，已移走' },
  choose: { resident: '选一位居民', institution: '选一家机构', none: '没有找到', more: '只列出前 {{n}} 个，请写得更具体', number: '编号 {{id}}' },
  compare: { item: '项目', different: '不同', 'one-only': '只有一方', differ: '有 {{n}} 项不同，请逐项核对', alike: '没有不同的项', state: '状态', active: '在用' },
  back: '返回：{{name}}',
  merge: {
    title: '并入其他机构', lead: '先找到并入的机构，两家并排核对后才能确认', search: '找到另一家', other: '并入哪一家：名称或代码', compare: '并排核对', this: '打开的这家，并入后停用', that: '找到的那家，保留', confirm: '确认并入',
    help: '“{{from}}”的科室、病区床位、人员任职转到“{{into}}”，“{{from}}”停用；已写的病历仍属原机构。', compared: '我已逐项核对两家机构', do: '把“{{from}}”并入“{{into}}”',
  },
  entries: {
    title: '写错的记录', lead: '{{name}}的记录里，不该在这里的移到正确的人名下，写错的标为录入有误；都不删除', choose: '选出写错的', kind: '哪一类记录', none: '没有这类记录', more: '只列出最近 {{n}} 条', marked: '录入有误', act: '已选 {{n}} 条', chosen: '已选的记录', drop: '去掉', clear: '全部不选', way: '怎样办理', move: '移到正确的人名下', mark: '只标为录入有误',
    moveHelp: '一次就诊连同其下的结果、诊断、报告、处方一起移走；原处不删除，标为录入有误并指向新记录。', markHelp: '记录留在原处，标为录入有误，各页不再当作有效内容。', along: '其中 {{n}} 条随所选的就诊一起移走', moveDo: '移走 {{n}} 条', markDo: '标记 {{n}} 条', doing: '正在办理 {{n}} / {{all}}', did: '已办理 {{n}} 条', didNot: '{{n}} 条没有办成', link: '查找并处理写错的记录',
  },
  institutions: {
    title: '机构', lead: '机构、科室、病区与床位、人员与执业证书', filter: '按名称或代码查找', none: '没有符合的机构', add: '登记机构', name: '机构名称', creditCode: '统一社会信用代码', licence: '医疗机构登记号', designation: '医保定点编码', kind: '类别', address: '地址', phone: '电话', partOf: '上级机构', inactive: '已停用', mergedInto: '已并入', count: '{{n}} 家', more: '只显示前 {{n}} 家，请写得更具体',
    tabs: { departments: '科室', beds: '病区与床位', staff: '人员', about: '基本信息' }, departments: '科室', addDepartment: '添加科室', department: '科室名称', wards: '病区与床位', addWard: '添加病区', addBed: '添加床位', ward: '病区名称', bed: '床号', beds: '{{n}} 张床', noWards: '没有登记病区', noDepartments: '没有登记科室', staff: '人员', addStaff: '登记人员', noStaff: '没有登记人员', title2: '职称', licenceKind: '执业类别', licenceNumber: '执业证书编号', licenceFrom: '起', licenceUntil: '有效期至', expired: '已过期', expiring: '{{n}} 天后到期', noLicence: '未登记执业证书', staffNumber: '工号', rename: '更名', newName: '新名称', merge: '并入其他机构', alias: '曾用名', types: '机构类别',
  },
  import: {
    title: '批量导入', lead: '从 CSV 或 Excel（.xlsx）表格导入，先预览再保存，导入后可以撤销', kind: '导入什么', kinds: { Patient: '居民', Organization: '机构', Practitioner: '人员' }, file: '选择文件', template: '下载空表', columns: '可用的列', reading: '正在读取…', checking: '正在检查 {{done}} / {{all}}', saving: '正在保存 {{done}} / {{all}}', lines: '{{n}} 行', good: '可导入 {{n}}', faulty: '有误 {{n}}', already: '已存在 {{n}}', unknownColumns: '没有认出的列（不导入）', warnings: '提示也照常导入（无证件、疑似重复等，请先看过）', save: '导入 {{n}} 行', done: '已导入 {{n}} 行', undo: '撤销这次导入', undone: '已撤销', undoing: '正在撤销…', undoPartly: '撤销了 {{n}} 批，有 {{m}} 批因之后有改动未能撤销', line: '行', status: '结果', statuses: { good: '可导入', faulty: '有误', 'there-already': '已存在' }, onlyFaulty: '只看有问题的', allGood: '没有问题', unreadable: '读不了这个文件', unreadableHelp: '请另存为 .xlsx 或 CSV（UTF-8 或 GB 18030 编码）再试。', export: '导出{{kind}} .{{format}}', partly: '只导出了前 20,000 行；全部导出请用 witmed export', show: '显示前 {{n}} 行', again: '换一个文件',
  },
};
