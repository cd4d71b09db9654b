using ImaNanoBanana.Errors;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Messages;

/// <summary>Determines the cause that selects the advice for an error. Pure.</summary>
internal static class AdviceCauses
{
    /// <returns>Whether the message of the service is more specific than the advice for the cause.</returns>
    public static bool IsQuoted(AdviceCause cause) => cause is AdviceCause.TaskFailed or AdviceCause.Description or AdviceCause.Refused;

    public static AdviceCause FromError(ImaException error) => error.Kind switch
    {
        ImaErrorKind.InvalidRequest => FromInvalidRequest(error),
        ImaErrorKind.BudgetExceeded => AdviceCause.Budget,
        ImaErrorKind.PriceChanged => AdviceCause.Price,
        ImaErrorKind.IdempotencyKeyConflict => AdviceCause.OtherRequest,
        ImaErrorKind.CatalogUnavailable or ImaErrorKind.UploadFailed or ImaErrorKind.NotSent => FromPreparation(error),
        ImaErrorKind.RateLimited => AdviceCause.RateLimit,
        ImaErrorKind.Unauthorized => AdviceCause.Key,
        ImaErrorKind.InsufficientCredits => AdviceCause.Credits,
        ImaErrorKind.Rejected => FromRejection(error),
        ImaErrorKind.OutcomeUnknown => AdviceCause.Unknown,
        ImaErrorKind.TaskFailed => IsAboutThePrompt(error) ? AdviceCause.Description : AdviceCause.TaskFailed,
        ImaErrorKind.TimedOut => AdviceCause.Timeout,
        ImaErrorKind.WatchFailed =>
            error.Code is ServiceCode.Unauthorized or ServiceCode.Forbidden ? AdviceCause.Key : AdviceCause.StateUnreadable,
        ImaErrorKind.TaskNotFound => AdviceCause.TaskNotFound,
        ImaErrorKind.DownloadFailed => AdviceCause.Download,
        _ => AdviceCause.AnythingElse,
    };

    private static AdviceCause FromInvalidRequest(ImaException error) => error.InvalidRequestReason switch
    {
        ImaInvalidRequestReason.Model => AdviceCause.Model,
        ImaInvalidRequestReason.Phrase => AdviceCause.Phrase,
        ImaInvalidRequestReason.Prompt => AdviceCause.Prompt,
        ImaInvalidRequestReason.Size => error.AllowedValues.Count > 0 ? AdviceCause.Size : AdviceCause.InvalidParameter,
        ImaInvalidRequestReason.AspectRatio => error.AllowedValues.Count > 0 ? AdviceCause.AspectRatio : AdviceCause.InvalidParameter,
        ImaInvalidRequestReason.Count => AdviceCause.Count,
        ImaInvalidRequestReason.Images => error.ImageCause ?? AdviceCause.Images,
        ImaInvalidRequestReason.Parameter when error.ParameterName == ParameterNames.Text => AdviceCause.ParameterText,
        ImaInvalidRequestReason.Parameter when error.ParameterName == ParameterNames.Tag => AdviceCause.Tag,
        ImaInvalidRequestReason.Parameter when error.ParameterName == ParameterNames.MaxCredits => AdviceCause.MaxCredits,
        ImaInvalidRequestReason.IdempotencyKey => AdviceCause.RequestKey,
        ImaInvalidRequestReason.ModelVersion or ImaInvalidRequestReason.Parameter or ImaInvalidRequestReason.Mapping
            or ImaInvalidRequestReason.Price or ImaInvalidRequestReason.NotAvailable =>
            AdviceCause.Parameters,
        _ => AdviceCause.AnythingElse,
    };

    /// <summary>
    /// The service may reject the content of a prompt with any code, except the codes that certainly have a different meaning.
    /// </summary>
    private static AdviceCause FromRejection(ImaException error) => FromCode(error) switch
    {
        AdviceCause.InvalidParameter or AdviceCause.Service or AdviceCause.AnythingElse when IsAboutThePrompt(error) =>
            AdviceCause.Description,
        AdviceCause.Key when error.Code == ServiceCode.Forbidden && IsAboutThePrompt(error) => AdviceCause.Description,
        AdviceCause.AnythingElse when ServiceWords.ForPeople(error.ServiceMessage) is not null => AdviceCause.Refused,
        var cause => cause,
    };

    private static AdviceCause FromCode(ImaException error) => error.Code switch
    {
        ServiceCode.InvalidParameter => AdviceCause.InvalidParameter,
        ServiceCode.Unauthorized or ServiceCode.Forbidden => AdviceCause.Key,
        ServiceCode.RateLimit => AdviceCause.RateLimit,
        ServiceCode.InternalError => AdviceCause.Service,
        ServiceCode.InsufficientPoints => AdviceCause.Credits,
        ServiceCode.SubscriptionRequired => AdviceCause.Subscription,
        ServiceCode.CreditMismatch => AdviceCause.PriceRefused,
        ServiceCode.NoMatchingRule or ServiceCode.InvalidAttribute => AdviceCause.Parameters,
        _ => IsAboutAttributes(error.Message) ? AdviceCause.Parameters : AdviceCause.AnythingElse,
    };

    private static AdviceCause FromPreparation(ImaException error) => error switch
    {
        { Code: ServiceCode.Unauthorized } => AdviceCause.Key,
        { Code: ServiceCode.RateLimit } => AdviceCause.RateLimit,
        { Code: ServiceCode.InsufficientPoints } => AdviceCause.Credits,
        { Code: ServiceCode.SubscriptionRequired } => AdviceCause.Subscription,
        { Kind: ImaErrorKind.UploadFailed, Code: ServiceCode.Forbidden } => AdviceCause.UploadRefused,
        { Kind: ImaErrorKind.UploadFailed, Code: not null } => AdviceCause.Upload,
        { Code: not null } => AdviceCause.AnythingElse,
        { InnerException: null or HttpRequestException or HttpIOException or TimeoutException or OperationCanceledException } =>
            AdviceCause.Network,
        { Kind: ImaErrorKind.UploadFailed, InnerException: IOException or UnauthorizedAccessException } => AdviceCause.Images,
        _ => AdviceCause.AnythingElse,
    };

    private static bool IsAboutThePrompt(ImaException error) => ServiceWords.AreAboutThePrompt(error.ServiceMessage);

    /// <summary>Checks the message of the service, which the error quotes, for the words that describe an invalid attribute.</summary>
    private static bool IsAboutAttributes(string message) =>
        message.Contains("invalid product attribute", StringComparison.OrdinalIgnoreCase)
            || message.Contains("attribute id", StringComparison.OrdinalIgnoreCase);
}
