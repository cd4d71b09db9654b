using ImaNanoBanana.Errors;
using ImaNanoBanana.Options;

namespace ImaNanoBanana.Messages;

/// <summary>The Chinese texts. Some are specified by the service's chat assistant and tests compare them.</summary>
internal static class ChineseTexts
{
    public static readonly LanguageTexts Table = new()
    {
        Received = "收到，马上开始生成。",
        Starting = "🎨 开始生成图片，请稍候…",
        Model = "• 模型：{0}",
        Expected = "• 预计耗时：{0}~{1} 秒",
        Size = "• 尺寸：{0}",
        AspectRatio = "• 比例：{0}",
        Credits = "• 消耗积分：{0} pts",
        Generating = "⏳ 正在生成中… {0}%",
        GeneratingUnestimated = "⏳ 正在生成中…",
        Waited = "已等待 {0}s，预计最长 {1}s",
        WaitedLonger = "已等待 {0}s，预计最长 {1}s，稍等，即将完成…",
        WaitedUnestimated = "已等待 {0}s",
        Ready = "✅ 图片生成成功！",
        Took = "• 耗时：预计 {0}~{1}s，实际 {2}s",
        TookUnestimated = "• 耗时：实际 {0}s",
        Link = "🔗 原始链接：{0}",
        Failed = "❌ 图片生成失败",
        Reason = "• 原因：{0}",
        Suggestion = "• 建议：{0}",
        Offer = "需要我帮你重试吗？",
        OtherSize = "• 尺寸：{0} 改为 {1}",
        OtherAspectRatio = "• 比例：{0} 改为 {1}",
        Missing = "• 未取得：{0} 张（共 {1} 张）",
        AlternativeModel = "{0}：{1}（{2} pts）",
        Quoted = "{0}：{1}",
        Wait = "请等待 {0}后再试",
        Units = [("秒", "秒"), ("分钟", "分钟"), ("小时", "小时"), ("天", "天")],
        Comma = "、",
        Advice = new Dictionary<AdviceCause, ImaAdvice>
        {
            [AdviceCause.Key] = new("API密钥无效或未授权", "生成新密钥: " + ServicePages.ApiKeys),
            [AdviceCause.Credits] = new("积分不足，无法创建任务", "购买积分: " + ServicePages.Subscriptions),
            [AdviceCause.Parameters] = new("模型参数不匹配", "使用默认参数或换个模型"),
            [AdviceCause.Price] = new("积分价格已变化", "确认新价格后再试"),
            [AdviceCause.InvalidParameter] = new("图片参数设置有误", "调整尺寸或比例"),
            [AdviceCause.AspectRatio] = new("不支持该比例", "使用支持的比例：{0}"),
            [AdviceCause.Service] = new("服务暂时无法处理该请求", "降低尺寸后重试"),
            [AdviceCause.TaskFailed] = new("图片生成遇到问题", "换个模型试试"),
            [AdviceCause.Timeout] = new("生成时间过长", "稍后用任务继续查询，或换更快的模型"),
            [AdviceCause.Network] = new("网络连接不稳定", "检查网络后重试"),
            [AdviceCause.RateLimit] = new("请求过于频繁", "请稍等片刻再试"),
            [AdviceCause.AnythingElse] = new("图片生成遇到问题，请稍后重试或换个模型试试。", ""),

            [AdviceCause.Unknown] = new("请求已提交但结果未知，可能已扣费", "先查看积分记录，再决定是否重新提交"),
            [AdviceCause.Model] = new("不支持该模型", "使用 Nano Banana 2 或 Nano Banana Pro"),
            [AdviceCause.Size] = new("不支持该尺寸", "使用支持的尺寸：{0}"),
            [AdviceCause.Count] = new("不支持该图片数量", "图片数量至少为 1 张"),
            [AdviceCause.Phrase] = new("无法识别该选项", "可选值：{0}"),
            [AdviceCause.Prompt] = new("缺少图片描述", "描述想要的图片"),
            [AdviceCause.Images] = new("参考图片无法使用", "检查图片数量，并确认格式为 PNG、JPEG、WebP 或 GIF"),
            [AdviceCause.NoImage] = new("缺少参考图片", "至少提供 1 张图片"),
            [AdviceCause.ImageAddress] = new("无法使用参考图片的地址", "使用 https:// 地址或本地文件"),
            [AdviceCause.ImageFile] = new("参考图片文件不存在", "检查文件路径"),
            [AdviceCause.ImageFormat] = new("不支持参考图片的格式", "转换为 PNG、JPEG、WebP 或 GIF 格式"),
            [AdviceCause.Budget] = new("所需积分超出限额", "提高限额，或选择更小的尺寸、更便宜的模型"),
            [AdviceCause.OtherRequest] = new("该幂等键已用于其他请求", "为新请求使用新的幂等键"),
            [AdviceCause.TaskNotFound] = new("未找到该任务", "检查任务 ID 是否正确"),
            [AdviceCause.StateUnreadable] = new("无法读取任务状态", "任务已扣费，图片可能已生成，请稍后再次查询"),
            [AdviceCause.Subscription] = new("当前套餐不支持此操作", "开通订阅后再试：" + ServicePages.Subscriptions),
            [AdviceCause.Description] = new("图片描述未通过审核", "修改描述"),
            [AdviceCause.Refused] = new("服务拒绝了该请求", "修改请求，或换个模型试试"),
            [AdviceCause.PriceRefused] = new("服务未接受该价格，但价目表没有变化", "几分钟后再试，或换个尺寸"),
            [AdviceCause.ParameterText] = new("无法解析附加参数", "使用 JSON 对象，例如 {{\"seed\": 7}}"),
            [AdviceCause.Upload] = new("图片上传失败", "重试，或换一张图片"),
            [AdviceCause.UploadRefused] = new("图片上传被拒绝", "检查本机的日期和时间后重试"),
            [AdviceCause.Download] = new("图片下载失败", "图片已生成且已扣费，请重新下载"),
        },
    };
}
