using ImaNanoBanana.Options;

namespace ImaNanoBanana;

/// <summary>Specifies the API key, the time limits and the spending limits of a client.</summary>
/// <remarks>The hosts are fixed; no option changes them.</remarks>
/// <example>
/// <code>
/// builder.Services.AddImaNanoBanana(options =>
/// {
///     options.MaxCredits = 20;
///     options.WatchTimeout = TimeSpan.FromMinutes(5);
/// });
/// </code>
/// </example>
public sealed class ImaNanoBananaOptions
{
    /// <summary>Gets or sets the API key of IMA Studio. White space around it is ignored. Create a key at
    /// https://www.imaclaw.ai/imaclaw/apikey.</summary>
    /// <value>Null by default; <c>AddImaNanoBanana()</c> then reads the environment variable <c>IMA_API_KEY</c>.</value>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Gets or sets how long to wait for the response to a create request. A short time causes unknown outcomes: the request was
    /// sent, and its response arrives too late.
    /// </summary>
    /// <value>120 s by default; 1 s to 1 h.</value>
    public TimeSpan CreateTimeout { get; set; } = ImaDefaults.CreateTimeout;

    /// <summary>
    /// Gets or sets how long a cancelled call still waits for the response to a create request that was sent, so that the task is
    /// not lost.
    /// </summary>
    /// <value>15 s by default, which is less than the usual shutdown time of a host; 0 s to 1 h.</value>
    public TimeSpan CancellationGrace { get; set; } = ImaDefaults.CancellationGrace;

    /// <summary>Gets or sets how long one attempt to read the product list may take.</summary>
    /// <value>30 s by default; 1 s to 1 h.</value>
    public TimeSpan ReadAttemptTimeout { get; set; } = ImaDefaults.ReadAttemptTimeout;

    /// <summary>Gets or sets how long all attempts to read the product list may take together.</summary>
    /// <value>90 s by default; 1 s to 1 h, and not less than <see cref="ReadAttemptTimeout"/>.</value>
    public TimeSpan ReadTimeout { get; set; } = ImaDefaults.ReadTimeout;

    /// <summary>Gets or sets how long one poll of a task may take. A poll that times out is repeated; it never fails the task.</summary>
    /// <value>30 s by default; 1 s to 1 h.</value>
    public TimeSpan PollTimeout { get; set; } = ImaDefaults.PollTimeout;

    /// <summary>
    /// Gets or sets how long one watch of a task lasts, from the start of the watch. The time that its polls wait for
    /// <see cref="RequestsPerSecond"/> or for the pause after a 429 does not count, up to the same time again: a watch ends after
    /// at most twice this time. Only its first poll waits up to 10 minutes if that is longer, so that a watch with a short timeout
    /// polls at least once in a busy client.
    /// </summary>
    /// <value>600 s by default; 1 s to 24 h.</value>
    public TimeSpan WatchTimeout { get; set; } = ImaDefaults.WatchTimeout;

    /// <summary>Gets or sets how long the upload or download of one image may take without progress.</summary>
    /// <value>30 s by default; 1 s to 1 h.</value>
    public TimeSpan TransferStallTimeout { get; set; } = ImaDefaults.TransferStallTimeout;

    /// <summary>Gets or sets how long the upload or download of one image may take in total, retries included.</summary>
    /// <value>10 min by default; 1 s to 24 h.</value>
    public TimeSpan TransferTimeout { get; set; } = ImaDefaults.TransferTimeout;

    /// <summary>Gets or sets the largest local image that is uploaded, in bytes. A larger one is rejected.</summary>
    /// <value>50 MB (52,428,800) by default; at least 1.</value>
    public long MaxUploadBytes { get; set; } = ImaDefaults.MaxUploadBytes;

    /// <summary>Gets or sets the largest image that is downloaded, in bytes. A larger one is an error.</summary>
    /// <value>200 MB (209,715,200) by default; at least 1.</value>
    public long MaxDownloadBytes { get; set; } = ImaDefaults.MaxDownloadBytes;

    /// <summary>
    /// Gets or sets whether the client computes the SHA-256 hash of each image that it downloads or saves. Computing it takes as much
    /// processor time as the transfer itself. When false, <see cref="ImageDownload.Sha256"/> is null, so that equal images, or a file
    /// that was changed later, cannot be recognized by it. The image is verified in either case.
    /// </summary>
    /// <value>True by default.</value>
    public bool HashDownloads { get; set; } = true;

    /// <summary>
    /// Gets or sets how many requests of all kinds the client sends per second, over all its tasks. Further requests wait in
    /// order of arrival, and no time limit runs while they wait. After a 429 response all requests pause and then continue at a
    /// lower rate.
    /// </summary>
    /// <value>10 by default; above 0 and at most 10,000, or null for no limit.</value>
    public double? RequestsPerSecond { get; set; } = ImaDefaults.RequestsPerSecond;

    /// <summary>Gets or sets how many requests may be sent at once after an idle time, before <see cref="RequestsPerSecond"/>
    /// applies.</summary>
    /// <value>20 by default; 1 to 10,000.</value>
    public int RequestBurst { get; set; } = ImaDefaults.RequestBurst;

    /// <summary>
    /// Gets or sets whether requests that spend no credits (product list, upload token, upload, download) are attempted three
    /// times on lost connections, timeouts, 5xx and 429. Each attempt is then sent once, also where the app's handlers would send
    /// it again. When false, one attempt is made, and the app's handlers may repeat it. The watch repeats polls in either case.
    /// </summary>
    /// <value>True by default. Set it to false to let the app's handlers repeat requests.</value>
    public bool RetryReads { get; set; } = true;

    /// <summary>
    /// Gets or sets whether a request that was not sent, or that the service definitely rejected, may be submitted again in the
    /// same call: after a 429, after a price change, or with a smaller size where <see cref="ImageRequest.AllowSmallerSize"/>
    /// allows it. A request whose outcome is unknown is never submitted again.
    /// </summary>
    /// <value>True by default; false for at most one create request in each call.</value>
    public bool RetrySubmissions { get; set; } = true;

    /// <summary>
    /// Gets or sets the most credits that one request may cost, all its images together, whatever the request itself allows. A
    /// more expensive request is rejected before it is sent. See also <see cref="ImageRequest.MaxCredits"/> and
    /// <see cref="CreditBudget"/>.
    /// </summary>
    /// <value>Null by default, for no limit; not negative.</value>
    public decimal? MaxCredits { get; set; }

    /// <summary>
    /// Gets the hosts that images may be uploaded to: host names, or <c>*.</c> and the end of a host name. The service names the
    /// host of each upload; a host that is not in this list is rejected, because it would receive the image.
    /// </summary>
    /// <value><c>*.aliyuncs.com</c> and <c>*.esxscloud.com</c> by default.</value>
    public IList<string> StorageHosts { get; private set; } = [.. ImaDefaults.StorageHosts];

    /// <summary>
    /// Gets the ids of further models that requests may name, for example of a model that is newer than this version of the SDK. Ids are
    /// compared exactly. Such a model must be in the product list. Its sizes, aspect ratios and prices are those of the list, and
    /// everything that the list does not offer is rejected before anything is sent. A request for any other model is rejected.
    /// </summary>
    /// <value>Empty by default: <see cref="ImageModel.NanoBanana2"/> and <see cref="ImageModel.NanoBananaPro"/>.</value>
    public IList<string> AdditionalModels { get; private set; } = [];

    /// <summary>Gets or sets the language of the product list's labels for requests that name no language.</summary>
    /// <value>English by default.</value>
    public ImaLanguage Language { get; set; }

    /// <summary>
    /// Gets or sets whether spans contain the prompt (<c>gen_ai.input.messages</c>). A prompt may be confidential; everyone who
    /// reads the traces can read it.
    /// </summary>
    /// <value>
    /// False by default. <c>AddImaNanoBanana()</c> sets it to true if the environment variable
    /// <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> requests it; the section and the delegate override it.
    /// </value>
    public bool EnableSensitiveData { get; set; }

    internal ImaNanoBananaOptions Copy()
    {
        var copy = (ImaNanoBananaOptions)MemberwiseClone();
        copy.ApiKey = ApiKey?.Trim();
        copy.StorageHosts = [.. StorageHosts];
        copy.AdditionalModels = [.. AdditionalModels];
        return copy;
    }

    /// <summary>Whether a client with the other options would do the same. The key is not compared.</summary>
    internal bool HasSameValues(ImaNanoBananaOptions other) =>
        (CreateTimeout, CancellationGrace, ReadAttemptTimeout, ReadTimeout, PollTimeout, WatchTimeout)
            == (other.CreateTimeout, other.CancellationGrace, other.ReadAttemptTimeout, other.ReadTimeout, other.PollTimeout,
                other.WatchTimeout)
        && (TransferStallTimeout, TransferTimeout, MaxUploadBytes, MaxDownloadBytes, RequestsPerSecond, RequestBurst)
            == (other.TransferStallTimeout, other.TransferTimeout, other.MaxUploadBytes, other.MaxDownloadBytes, other.RequestsPerSecond,
                other.RequestBurst)
        && (HashDownloads, RetryReads, RetrySubmissions, MaxCredits, Language, EnableSensitiveData)
            == (other.HashDownloads, other.RetryReads, other.RetrySubmissions, other.MaxCredits, other.Language,
                other.EnableSensitiveData)
        && StorageHosts.SequenceEqual(other.StorageHosts, StringComparer.Ordinal)
        && AdditionalModels.SequenceEqual(other.AdditionalModels, StringComparer.Ordinal);
}
