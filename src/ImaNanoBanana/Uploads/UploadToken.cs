using ImaNanoBanana.Errors;
using ImaNanoBanana.Json;
using ImaNanoBanana.Masking;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Uploads;

/// <summary>Where to put an image and where it will then be (careful client, section 4).</summary>
/// <param name="PutAddress">The presigned address; its query is a credential and is never shown.</param>
/// <param name="PublicAddress">The address to order with.</param>
internal sealed record UploadToken(Uri PutAddress, Uri PublicAddress)
{
    /// <summary>Reads a token's answer. Pure.</summary>
    /// <exception cref="ImaException">It is refused, or is none that may be used.</exception>
    public static UploadToken Read(ApiAnswer answer, string name, IEnumerable<string> storageHosts)
    {
        var code = answer.Code;
        var message = answer.Message;
        if (!answer.IsHttpSuccess || code.IsFailure)
        {
            var number = code.IsFailure ? code.Effective(message) : ApiCode.FromStatus(answer.StatusCode, message);
            throw UploadErrors.Create(
                name,
                $"the upload was refused with code {number}: {UntrustedText.Line(message) ?? "no reason given"}",
                number,
                answer.RetryAfter,
                words: message);
        }

        var put = Https(answer, "ful");
        var fetch = Https(answer, "fdl");
        if (code.State != ApiCodeState.Success || put is null || fetch is null)
        {
            throw UploadErrors.Create(name, "the answer to the upload token names no https addresses to put and fetch the image");
        }

        return StorageHost.IsAllowed(put, storageHosts)
            ? new UploadToken(put, fetch)
            : throw UploadErrors.Create(name, $"the service named the host '{put.Host}', which is not one of StorageHosts");
    }

    private static Uri? Https(ApiAnswer answer, string member) =>
        JsonReading.WebAddress(JsonReading.Member(answer.Envelope?.Data, member)) is { } address && address.Scheme == Uri.UriSchemeHttps
            ? address
            : null;
}
