using ImaNanoBanana.Planning;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Messages;

/// <summary>The reasons and suggestions for every kind of error and every known code.</summary>
public class AdviceTests
{
    private const string KeyPage = "https://www.imaclaw.ai/imaclaw/apikey";
    private const string CreditsPage = "https://www.imaclaw.ai/imaclaw/subscription";

    public static TheoryData<ImaErrorKind, int?, string, string> Kinds() => new()
    {
        { ImaErrorKind.InvalidRequest, null, "图片生成遇到问题，请稍后重试或换个模型试试。 / ", "Image generation encountered an issue, please retry or "
            + "switch model. / " },
        { ImaErrorKind.BudgetExceeded, null, "所需积分超出限额 / 提高限额，或选择更小的尺寸、更便宜的模型", "The image costs more credits than the limit allows / "
            + "Raise the limit, or choose a smaller size or the cheaper model" },
        { ImaErrorKind.PriceChanged, 6006, "积分价格已变化 / 确认新价格后再试", "The price has changed / Confirm the new price and try again" },
        { ImaErrorKind.IdempotencyKeyConflict, null, "该请求此前已用于生成另一张图片 / 如需新图片，请重新发起请求", "This request was already used for a "
            + "different image / Start a new request for a new image" },
        {
            ImaErrorKind.CatalogUnavailable,
            null,
            "网络连接不稳定 / 检查网络后重试",
            "The network connection is unstable / Check the network and try again"
        },
        { ImaErrorKind.CatalogUnavailable, 500, "图片生成遇到问题，请稍后重试或换个模型试试。 / ", "Image generation encountered an issue, please retry or "
            + "switch model. / " },
        { ImaErrorKind.UploadFailed, null, "网络连接不稳定 / 检查网络后重试", "The network connection is unstable / Check the network and try again" },
        {
            ImaErrorKind.UploadFailed,
            401,
            "API密钥无效或未授权 / 生成新密钥: " + KeyPage,
            "API key is invalid or unauthorized / Generate a new key: " + KeyPage
        },
        { ImaErrorKind.UploadFailed, 403, "图片上传被拒绝 / 检查本机的日期和时间后重试", "The upload of the image was refused / Check the date and time "
            + "of this computer and try again" },
        { ImaErrorKind.UploadFailed, 413, "图片上传失败 / 重试，或换一张图片", "The image could not be uploaded / Try again, or use another image" },
        { ImaErrorKind.UploadFailed, 4014, "当前套餐不支持此操作 / 开通订阅后再试：" + CreditsPage, "Your plan does not include this / Subscribe, then "
            + "try again: " + CreditsPage },
        { ImaErrorKind.CatalogUnavailable, 4014, "当前套餐不支持此操作 / 开通订阅后再试：" + CreditsPage, "Your plan does not include this / "
            + "Subscribe, then try again: " + CreditsPage },
        { ImaErrorKind.UploadFailed, 429, "请求过于频繁 / 请稍等片刻再试", "Too many requests / Wait a moment and try again" },
        { ImaErrorKind.NotSent, null, "网络连接不稳定 / 检查网络后重试", "The network connection is unstable / Check the network and try again" },
        { ImaErrorKind.RateLimited, 429, "请求过于频繁 / 请稍等片刻再试", "Too many requests / Wait a moment and try again" },
        {
            ImaErrorKind.Unauthorized,
            401,
            "API密钥无效或未授权 / 生成新密钥: " + KeyPage,
            "API key is invalid or unauthorized / Generate a new key: " + KeyPage
        },
        {
            ImaErrorKind.InsufficientCredits,
            4008,
            "积分不足，无法创建任务 / 购买积分: " + CreditsPage,
            "Not enough credits for this image / Buy credits: " + CreditsPage
        },
        { ImaErrorKind.Rejected, 4014, "当前套餐不支持此操作 / 开通订阅后再试：" + CreditsPage, "Your plan does not include this / Subscribe, then try "
            + "again: " + CreditsPage },
        { ImaErrorKind.Rejected, 6006, "服务未接受该价格，但价目表没有变化 / 几分钟后再试，或换个尺寸", "The price was not accepted, although the price list has not "
            + "changed / Try again in a few minutes, or choose another size" },
        { ImaErrorKind.Rejected, 6009, "模型参数不匹配 / 使用默认参数或换个模型", "Model parameters do not match / Use the defaults or another model" },
        { ImaErrorKind.Rejected, 6010, "模型参数不匹配 / 使用默认参数或换个模型", "Model parameters do not match / Use the defaults or another model" },
        { ImaErrorKind.Rejected, 400, "图片参数设置有误 / 调整尺寸或比例", "An image parameter is wrong / Change size or aspect ratio" },
        { ImaErrorKind.Rejected, 500, "服务暂时无法处理该请求 / 降低尺寸后重试", "The service could not handle this request / Try a smaller size" },
        {
            ImaErrorKind.Rejected,
            401,
            "API密钥无效或未授权 / 生成新密钥: " + KeyPage,
            "API key is invalid or unauthorized / Generate a new key: " + KeyPage
        },
        {
            ImaErrorKind.Rejected,
            4008,
            "积分不足，无法创建任务 / 购买积分: " + CreditsPage,
            "Not enough credits for this image / Buy credits: " + CreditsPage
        },
        { ImaErrorKind.Rejected, 429, "请求过于频繁 / 请稍等片刻再试", "Too many requests / Wait a moment and try again" },
        { ImaErrorKind.Rejected, 7777, "图片生成遇到问题，请稍后重试或换个模型试试。 / ", "Image generation encountered an issue, please retry or switch "
            + "model. / " },
        { ImaErrorKind.OutcomeUnknown, null, "请求已提交但结果未知，可能已扣费 / 先查看积分记录，再决定是否重新提交", "The request was not confirmed, and credits may "
            + "have been spent / Check your credits before you submit it again" },
        { ImaErrorKind.TaskFailed, null, "图片生成遇到问题 / 换个模型试试", "Image generation failed / Try another model" },
        { ImaErrorKind.TimedOut, null, "生成时间过长 / 稍后用任务继续查询，或换更快的模型", "Generation took too long / Check the task again later, or use "
            + "the faster model" },
        { ImaErrorKind.WatchFailed, 404, "无法读取任务状态 / 任务已扣费，图片可能已生成，请稍后再次查询", "The progress of the image could not be read / Check again "
            + "later: the image was charged and may be ready" },
        { ImaErrorKind.TaskNotFound, 404, "未找到该任务 / 检查任务 ID 是否正确", "The task was not found / Check the task id" },
        {
            ImaErrorKind.WatchFailed,
            403,
            "API密钥无效或未授权 / 生成新密钥: " + KeyPage,
            "API key is invalid or unauthorized / Generate a new key: " + KeyPage
        },
        { ImaErrorKind.DownloadFailed, null, "图片下载失败 / 图片已生成且已扣费，请重新下载", "The image could not be downloaded / Download it again: the "
            + "image is ready and was charged" },
    };

    public static TheoryData<ImaErrorKind, Exception, string> Causes() => new()
    {
        { ImaErrorKind.NotSent, new HttpRequestException("no route"), "The network connection is unstable" },
        { ImaErrorKind.NotSent, new OperationCanceledException(), "The network connection is unstable" },
        { ImaErrorKind.NotSent, new UnauthorizedAccessException("the journal"), "Image generation encountered an issue, please retry "
            + "or switch model." },
        { ImaErrorKind.CatalogUnavailable, new TimeoutException(), "The network connection is unstable" },
        { ImaErrorKind.CatalogUnavailable, new InvalidOperationException("an app's handler"), "Image generation encountered an issue, "
            + "please retry or switch model." },
        { ImaErrorKind.UploadFailed, new HttpIOException(HttpRequestError.ResponseEnded), "The network connection is unstable" },
        { ImaErrorKind.UploadFailed, new FileNotFoundException(), "The source images cannot be used" },
        { ImaErrorKind.UploadFailed, new UnauthorizedAccessException(), "The source images cannot be used" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_and_code_has_its_reason_and_suggestion(ImaErrorKind kind, int? code, string chinese, string english) =>
        Check(new ImaException(kind, "for developers") { Code = code }, chinese, english);

    [Theory]
    [MemberData(nameof(RefusedRequestAdvice.Cases), MemberType = typeof(RefusedRequestAdvice))]
    public void Every_rejection_has_its_reason_and_suggestion(
        ImaInvalidRequestReason refusal, string[] offered, string chinese, string english) =>
        Check(
            new ImaException(ImaErrorKind.InvalidRequest, "for developers") { InvalidRequestReason = refusal, AllowedValues = offered },
            chinese,
            english);

    [Theory]
    [MemberData(nameof(Causes))]
    public void Cause_of_a_failure_before_the_submission_determines_the_advice(ImaErrorKind kind, Exception cause, string reason) =>
        Assert.Equal(reason, new ImaException(kind, "for developers", cause).GetAdvice().Reason);

    [Fact]
    public void Message_of_the_service_about_attributes_determines_the_advice_if_the_code_does_not() => Assert.Equal(
        "Model parameters do not match",
        new ImaException(
            ImaErrorKind.Rejected,
            "The service rejected the submission with code 1234: Invalid Product Attribute. No credits were spent.")
        {
            Code =
                1234
        }.GetAdvice().Reason);

    public static TheoryData<ImaErrorKind, int?, string, string, string> Words() => new()
    {
        { ImaErrorKind.TaskFailed, null, "The prompt violates our content policy.", "The description was refused: The prompt violates "
            + "our content policy / Change the description", "图片描述未通过审核：The prompt violates our content policy / 修改描述" },
        { ImaErrorKind.TaskFailed, null, "内容违规", "The description was refused: 内容违规 / Change the description", "图片描述未通过审核：内容违规 / 修改描述" },
        {
            ImaErrorKind.TaskFailed,
            null,
            "the model is overloaded",
            "Image generation failed: the model is overloaded / Try another model",
            "图片生成遇到问题：the model is overloaded / 换个模型试试"
        },
        { ImaErrorKind.TaskFailed, null, "upstream_timeout code 504", "Image generation failed / Try another model", "图片生成遇到问题 / 换个模型试试" },
        { ImaErrorKind.Rejected, 400, "violates content policy", "The description was refused: violates content policy / Change the "
            + "description", "图片描述未通过审核：violates content policy / 修改描述" },
        {
            ImaErrorKind.Rejected,
            500,
            "输入包含敏感词",
            "The description was refused: 输入包含敏感词 / Change the description",
            "图片描述未通过审核：输入包含敏感词 / 修改描述"
        },
        {
            ImaErrorKind.Rejected,
            403,
            "sensitive content",
            "The description was refused: sensitive content / Change the description",
            "图片描述未通过审核：sensitive content / 修改描述"
        },
        {
            ImaErrorKind.Rejected,
            7001,
            "policy_code=17 at 10.0.0.1",
            "The description was refused / Change the description",
            "图片描述未通过审核 / 修改描述"
        },
        { ImaErrorKind.Rejected, 7001, "the service is closed today", "The service refused the request: the service is closed today / "
            + "Change the request, or try another model", "服务拒绝了该请求：the service is closed today / 修改请求，或换个模型试试" },
        {
            ImaErrorKind.Rejected,
            4008,
            "policy: insufficient points",
            "Not enough credits for this image / Buy credits: " + CreditsPage,
            "积分不足，无法创建任务 / 购买积分: " + CreditsPage
        },
        { ImaErrorKind.OutcomeUnknown, 502, "content policy", "The request was not confirmed, and credits may have been spent / Check "
            + "your credits before you submit it again", "请求已提交但结果未知，可能已扣费 / 先查看积分记录，再决定是否重新提交" },
    };

    /// <summary>
    /// The service's reason reaches the person if it says more than the table. If it is about the description, so is the suggestion.
    /// </summary>
    [Theory]
    [MemberData(nameof(Words))]
    public void Message_of_the_service_reaches_the_person(ImaErrorKind kind, int? code, string words, string english, string chinese) =>
        Check(new ImaException(kind, "for developers") { Code = code, ServiceMessage = words }, chinese, english);

    /// <summary>A long reason is cut and cleaned.</summary>
    [Fact]
    public void Message_of_the_service_is_bounded() => Assert.Equal(
        $"The description was refused: policy {new string('x', 143)}...",
        new ImaException(
            ImaErrorKind.TaskFailed, "text")
        { ServiceMessage = "policy\u001b[31m" + new string('x', 500) }.GetAdvice().Reason);

    /// <summary>The waiting time is given in the unit that people would use.</summary>
    [Theory]
    [InlineData(1, "1 second", "1 秒")]
    [InlineData(90, "90 seconds", "90 秒")]
    [InlineData(121, "3 minutes", "3 分钟")]
    [InlineData(7200, "2 hours", "2 小时")]
    [InlineData(410400, "5 days", "5 天")]
    public void Wait_is_reported(int seconds, string english, string chinese) => Check(
        new ImaException(ImaErrorKind.RateLimited, "text") { RetryAfter = TimeSpan.FromSeconds(seconds) },
        $"请求过于频繁 / 请等待 {chinese}后再试",
        $"Too many requests / Wait {english} and try again");

    /// <summary>No waiting time is reported as a moment.</summary>
    [Fact]
    public void Wait_of_zero_is_a_moment() => Assert.Equal(
        "Wait a moment and try again", new ImaException(
            ImaErrorKind.RateLimited, "text")
        { RetryAfter = TimeSpan.Zero }.GetAdvice().Suggestion);

    /// <summary>Parameters that are not valid JSON have nothing to do with the model.</summary>
    [Fact]
    public void Invalid_parameters_have_their_own_advice()
    {
        var error = Assert.Throws<ImaException>(() => ImageParameters.Parse("{seed: 7}"));

        Check(
            error,
            "无法解析附加参数 / 使用 JSON 对象，例如 {\"seed\": 7}",
            "The additional parameters cannot be read / Write them as one JSON object, for example {\"seed\": 7}");
    }

    [Fact]
    public void Tables_name_every_kind_and_every_rejection()
    {
        Assert.Equal(Enum.GetValues<ImaErrorKind>(), Kinds().Select(row => row.Data.Item1).Distinct().Order());
        Assert.Equal(
            Enum.GetValues<ImaInvalidRequestReason>(), RefusedRequestAdvice.Cases().Select(row => row.Data.Item1).Distinct().Order());
    }

    [Fact]
    public void Kind_of_a_later_version_has_the_general_advice() =>
        Assert.Equal(
            "Image generation encountered an issue, please retry or switch model.",
            new ImaException((ImaErrorKind)99, "text").GetAdvice().Reason);

    [Theory]
    [InlineData("zh", "请求过于频繁")]
    [InlineData("zh-CN", "请求过于频繁")]
    [InlineData("ZH", "请求过于频繁")]
    [InlineData("en", "Too many requests")]
    [InlineData("en-GB", "Too many requests")]
    [InlineData("fr", "Too many requests")]
    [InlineData("zhuang", "Too many requests")]
    public void Language_without_texts_gets_English(string code, string reason) =>
        Assert.Equal(reason, new ImaException(ImaErrorKind.RateLimited, "text").GetAdvice(new ImaLanguage(code)).Reason);

    private static void Check(ImaException error, string chinese, string english)
    {
        Assert.Equal(chinese, Text(error.GetAdvice(ImaLanguage.Chinese)));
        Assert.Equal(english, Text(error.GetAdvice(ImaLanguage.English)));
        Assert.Equal(error.GetAdvice(default), error.GetAdvice());

        static string Text(ImaAdvice advice) => $"{advice.Reason} / {advice.Suggestion}";
    }
}
