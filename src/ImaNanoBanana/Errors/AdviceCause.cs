using ImaNanoBanana.Downloads;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Errors;

/// <summary>
/// Identifies the reason and the suggestion that users get for an error. The texts of the first causes are fixed; the SDK adds the
/// other causes.
/// </summary>
internal enum AdviceCause
{
    /// <summary>No other cause applies.</summary>
    AnythingElse,
    Key,
    Credits,
    Parameters,
    Price,
    InvalidParameter,
    AspectRatio,
    Service,
    TaskFailed,
    Timeout,
    Network,
    RateLimit,

    // Causes that the SDK adds to those with fixed texts.
    Unknown,
    Model,
    Size,
    Count,
    Phrase,
    Prompt,
    Images,
    NoImage,
    ImageAddress,
    ImageFile,
    ImageFormat,
    Budget,
    MaxCredits,
    Tag,
    RequestKey,
    OtherRequest,
    StateUnreadable,
    TaskNotFound,
    Subscription,
    Description,
    Refused,
    PriceRefused,
    ParameterText,
    Upload,
    UploadRefused,
    Download,
}
