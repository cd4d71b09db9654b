namespace ImaNanoBanana.OpenApi;

/// <summary>The endpoint of <c>https://imapi.liveme.com</c> (wire contract, section 4).</summary>
internal interface IImaUploadApi
{
    /// <summary><c>POST /api/rest/oss/getuploadtoken</c>, a form. Repeated on its own; safe.</summary>
    /// <param name="suffix">File suffix without the dot.</param>
    /// <param name="mediaType">What the PUT will say.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ApiAnswer> GetUploadTokenAsync(string suffix, string mediaType, CancellationToken cancellationToken);
}
