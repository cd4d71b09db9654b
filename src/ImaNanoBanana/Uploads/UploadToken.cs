using ImaNanoBanana.Errors;
using ImaNanoBanana.Json;
using ImaNanoBanana.Masking;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Uploads;

/// <summary>Holds the URL to which an image is uploaded and the URL from which it can be read afterwards.</summary>
/// <param name="PutAddress">The presigned upload URL. Its query is a credential and is never shown.</param>
/// <param name="PublicAddress">The URL of the image that is submitted to the service.</param>
internal sealed record UploadToken(Uri PutAddress, Uri PublicAddress)
{
    /// <summary>Reads the response to a token request. Pure.</summary>
    /// <exception cref="ImaException">The service refused the token, or the token must not be used.</exception>
    public static UploadToken Read(ApiAnswer answer, string name, IEnumerable<string> storageHosts)
    {
        var code = answer.Code;
        var message = answer.Message;
        if (!answer.IsHttpSuccess || code.IsFailure)
        {
            var number = code.IsFailure ? code.Effective(message) : ApiCode.FromStatus(answer.StatusCode, message);
            throw UploadErrors.Create(
                name,
                $"the service refused the upload with code {number}: {UntrustedText.Line(message) ?? "no reason given"}",
                number,
                answer.RetryAfter,
                words: message);
        }

        var put = Https(answer, "ful");
        var fetch = Https(answer, "fdl");
        if (code.State != ApiCodeState.Success || put is null || fetch is null)
        {
            throw UploadErrors.Create(name, "the upload token has no https URLs to upload and read the image");
        }

        return StorageHost.IsAllowed(put, storageHosts)
            ? new UploadToken(put, fetch)
            : throw UploadErrors.Create(name, $"the service returned the host '{put.Host}', which is not one of StorageHosts");
    }

    private static Uri? Https(ApiAnswer answer, string member) =>
        JsonReading.WebAddress(JsonReading.Member(answer.Envelope?.Data, member)) is { } address && address.Scheme == Uri.UriSchemeHttps
            ? address
            : null;
}
