using ImaNanoBanana.Downloads;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Errors;

/// <summary>
/// What people are told about an error: one row of the contract's table of reasons and suggestions, or one of those that it
/// lacks.
/// </summary>
internal enum AdviceCause
{
    /// <summary>The contract's last row: nothing more precise can be said.</summary>
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

    // Causes that the contract's table lacks, because its program did not have them.
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
