using ImaNanoBanana.Options;

namespace ImaNanoBanana;

/// <summary>The key and the deadlines of a client (wire contract, careful client, section 5).</summary>
/// <remarks>The hosts are fixed and no option changes them.</remarks>
public sealed class ImaNanoBananaOptions
{
    /// <summary>The key of IMA Studio; white space around it is ignored. Made at https://www.imaclaw.ai/imaclaw/apikey .</summary>
    /// <value>Null by default; <c>AddImaNanoBanana()</c> then reads the environment variable <c>IMA_API_KEY</c>.</value>
    public string? ApiKey { get; set; }

    /// <summary>
    /// How long to wait for the answer to a create. A short time makes unknown outcomes: the order is out, and its answer
    /// comes when nobody listens.
    /// </summary>
    /// <value>120 s by default; 1 s to 1 h.</value>
    public TimeSpan CreateTimeout { get; set; } = ImaDefaults.CreateTimeout;

    /// <summary>
    /// How long a cancelled call still waits for the answer to a create that is on the wire, so that the task is not lost.
    /// </summary>
    /// <value>15 s by default, less than a host's usual time to shut down; 0 s to 1 h.</value>
    public TimeSpan CancellationGrace { get; set; } = ImaDefaults.CancellationGrace;

    /// <summary>How long one attempt to read the product list may take.</summary>
    /// <value>30 s by default; 1 s to 1 h.</value>
    public TimeSpan ReadAttemptTimeout { get; set; } = ImaDefaults.ReadAttemptTimeout;

    /// <summary>How long all attempts to read the product list may take together.</summary>
    /// <value>90 s by default; 1 s to 1 h, and not less than <see cref="ReadAttemptTimeout"/>.</value>
    public TimeSpan ReadTimeout { get; set; } = ImaDefaults.ReadTimeout;

    /// <summary>How long one poll of a task may take. A poll that takes longer is repeated; it never fails the task.</summary>
    /// <value>30 s by default; 1 s to 1 h.</value>
    public TimeSpan PollTimeout { get; set; } = ImaDefaults.PollTimeout;

    /// <summary>
    /// How long one watch of a task lasts, counted from the start of the watch. Time that its polls wait for
    /// <see cref="RequestsPerSecond"/> or for the pause after a 429 does not count, up to the same time again: a watch ends after
    /// at most twice this time. At least one poll is always made.
    /// </summary>
    /// <value>600 s by default; 1 s to 24 h.</value>
    public TimeSpan WatchTimeout { get; set; } = ImaDefaults.WatchTimeout;

    /// <summary>How long the upload or download of one image may go without progress.</summary>
    /// <value>30 s by default; 1 s to 1 h.</value>
    public TimeSpan TransferStallTimeout { get; set; } = ImaDefaults.TransferStallTimeout;

    /// <summary>How long the upload or download of one image may take in all, repetitions included.</summary>
    /// <value>10 min by default; 1 s to 24 h.</value>
    public TimeSpan TransferTimeout { get; set; } = ImaDefaults.TransferTimeout;

    /// <summary>The largest local image that is uploaded, in bytes; a larger one is refused.</summary>
    /// <value>50 MB (52,428,800) by default; at least 1.</value>
    public long MaxUploadBytes { get; set; } = ImaDefaults.MaxUploadBytes;

    /// <summary>The largest image that is downloaded, in bytes; a larger one is an error.</summary>
    /// <value>200 MB (209,715,200) by default; at least 1.</value>
    public long MaxDownloadBytes { get; set; } = ImaDefaults.MaxDownloadBytes;

    /// <summary>
    /// How many requests of all kinds the client sends per second, over all its tasks. What is more waits its turn, the
    /// oldest first, and no deadline runs while it does. After an answer 429 all requests pause and then go on slower.
    /// </summary>
    /// <value>10 by default; above 0 and at most 10,000, or null for no limit.</value>
    public double? RequestsPerSecond { get; set; } = ImaDefaults.RequestsPerSecond;

    /// <summary>How many requests may go out at once after a quiet time, before <see cref="RequestsPerSecond"/> holds.</summary>
    /// <value>20 by default; 1 to 10,000.</value>
    public int RequestBurst { get; set; } = ImaDefaults.RequestBurst;

    /// <summary>
    /// Whether requests that spend nothing (product list, upload token, upload, download) are tried three times on lost
    /// connections, timeouts, 5xx and 429. Each attempt is then sent once, also where handlers of the app would send it again.
    /// When false, one attempt is made, and handlers of the app may repeat it. Polls are repeated by the watch in any case.
    /// </summary>
    /// <value>True by default; set false where handlers of the app are to repeat requests.</value>
    public bool RetryReads { get; set; } = true;

    /// <summary>
    /// Whether an order that never left or that the service definitely refused may be placed again in the same call: after
    /// a 429, after a price changed, or smaller where <see cref="ImageRequest.AllowSmallerSize"/> says so. One whose
    /// outcome is unknown is never placed again.
    /// </summary>
    /// <value>True by default; false for at most one create in each call.</value>
    public bool RetrySubmissions { get; set; } = true;

    /// <summary>
    /// The most that one order may cost, in credits, all its images together, whatever the request says. A dearer order is
    /// refused before it is sent. See also <see cref="ImageRequest.MaxCredits"/> and <see cref="CreditBudget"/>.
    /// </summary>
    /// <value>Null by default, for no limit; not negative.</value>
    public decimal? MaxCredits { get; set; }

    /// <summary>
    /// The hosts that images may be uploaded to: host names, or <c>*.</c> and the end of one. The service names the host of
    /// each upload; one that is not in this list is refused, because whatever answers there would get the image.
    /// </summary>
    /// <value><c>*.aliyuncs.com</c> and <c>*.esxscloud.com</c> by default.</value>
    public IList<string> StorageHosts { get; private set; } = [.. ImaDefaults.StorageHosts];

    /// <summary>The language of the product list's labels where a request names none.</summary>
    /// <value>English by default.</value>
    public ImaLanguage Language { get; set; }

    /// <summary>
    /// Whether spans carry the prompt (<c>gen_ai.input.messages</c>). A prompt may hold what a person wrote in confidence; who reads
    /// the traces reads it.
    /// </summary>
    /// <value>
    /// False by default; <c>AddImaNanoBanana()</c> makes it true where the environment variable
    /// <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> asks for it, and the section and the delegate have the last word.
    /// </value>
    public bool EnableSensitiveData { get; set; }

    internal ImaNanoBananaOptions Copy()
    {
        var copy = (ImaNanoBananaOptions)MemberwiseClone();
        copy.ApiKey = ApiKey?.Trim();
        copy.StorageHosts = [.. StorageHosts];
        return copy;
    }
}
