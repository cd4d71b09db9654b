namespace ImaNanoBanana.Studio.Texts;

/// <summary>The short text of each kind of error. The SDK gives the reason and the suggestion. Pure.</summary>
internal static class ErrorTitles
{
    public static string Of(ImaErrorKind kind, ImaLanguage language)
    {
        var (english, chinese) = kind switch
        {
            ImaErrorKind.InvalidRequest => ("This cannot be generated", "无法按此要求生成"),
            ImaErrorKind.BudgetExceeded => ("Not enough credits left", "剩余积分不足"),
            ImaErrorKind.PriceChanged => ("The price has changed", "价格已变动"),
            ImaErrorKind.IdempotencyKeyConflict => ("The key belongs to another request", "该请求标识已用于其他请求"),
            ImaErrorKind.CatalogUnavailable => ("The price list is not available", "暂时无法获取价格表"),
            ImaErrorKind.UploadFailed => ("The reference image was not uploaded", "参考图上传失败"),
            ImaErrorKind.NotSent => ("The request was not sent", "请求未发出"),
            ImaErrorKind.RateLimited => ("Too many requests", "请求过于频繁"),
            ImaErrorKind.Unauthorized => ("The studio has no valid API key", "服务的 API 密钥无效"),
            ImaErrorKind.InsufficientCredits => ("The account has no credits left", "账户积分不足"),
            ImaErrorKind.Rejected => ("The request was refused", "请求被拒绝"),
            ImaErrorKind.OutcomeUnknown => ("It is not known whether it was submitted", "提交结果未知"),
            ImaErrorKind.TaskFailed => ("The image could not be generated", "图片生成失败"),
            ImaErrorKind.TimedOut => ("It takes longer than expected", "生成时间超出预期"),
            ImaErrorKind.WatchFailed => ("The progress could not be read", "无法读取生成进度"),
            ImaErrorKind.TaskNotFound => ("The task was not found", "未找到该任务"),
            ImaErrorKind.DownloadFailed => ("The image could not be downloaded", "图片下载失败"),
            _ => ("Something went wrong", "出现错误"),
        };
        return language.Select(english, chinese);
    }
}
