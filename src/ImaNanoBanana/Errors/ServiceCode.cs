namespace ImaNanoBanana.Errors;

/// <summary>
/// Contains the known values of <see cref="ImaException.Code"/>. Values below 600 have the same meaning as HTTP status codes.
/// </summary>
internal static class ServiceCode
{
    public const int InvalidParameter = 400;
    public const int Unauthorized = 401;
    public const int Forbidden = 403;
    public const int RateLimit = 429;
    public const int InternalError = 500;
    public const int InsufficientPoints = 4008;
    public const int SubscriptionRequired = 4014;
    public const int CreditMismatch = 6006;
    public const int NoMatchingRule = 6009;
    public const int InvalidAttribute = 6010;
}
