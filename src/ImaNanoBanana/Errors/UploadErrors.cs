using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Errors;

/// <summary>Creates the errors of uploads. They never contain a presigned URL.</summary>
internal static class UploadErrors
{
    public static ImaException Create(
        string name, string reason, int? code = null, TimeSpan? retryAfter = null, Exception? cause = null, string? words = null) => new(
        ImaErrorKind.UploadFailed,
        $"The image '{name}' could not be uploaded: {reason.TrimEnd('.')}. Nothing was submitted. Submitting again is safe.",
        cause)
        {
            Code = code,
            RetryAfter = retryAfter,
            ServiceMessage = words,
        };
}
