namespace ImaNanoBanana.Errors;

/// <summary>What <see cref="ImaException.Code"/> means (wire contract, envelope); those below 600 are HTTP's too.</summary>
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
