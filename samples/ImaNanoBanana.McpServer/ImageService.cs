using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Mcp.Answers;
using ImaNanoBanana.Mcp.Stores;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Mcp;

/// <summary>
/// Creates the client of a user when it is first needed. A server without a key starts, and its tools report what is missing.
/// </summary>
internal sealed class ImageService : IDisposable
{
    /// <summary>A text that no answer contains, because the client masks its key in answers.</summary>
    private const string SimulatedKey = "key-of-the-mcp-server-for-simulators";

    private readonly ServerSettings _settings;
    private readonly UserStore _store;
    private readonly Lazy<ImaImageClient> _client;

    public ImageService(ServerSettings settings, UserStore store, TimeProvider time, ILogger logger)
    {
        _settings = settings;
        _store = store;
        _client = new(() => Create(time, logger));
    }

    public Wording Say => _settings.Say;

    public CreditBudget Budget => _store.Budget;

    /// <summary>Whether a simulator replaces the service, so that nothing is charged.</summary>
    public bool IsSimulated => _settings.IsSimulated;

    /// <summary>How long a submission may take before its outcome counts as unknown.</summary>
    public TimeSpan LongestSubmission { get; } = Defaults().CreateTimeout + Defaults().CancellationGrace;

    /// <exception cref="ToolException">There is no API key, or it is not valid.</exception>
    public ImaImageClient Client
    {
        get
        {
            if (!IsSimulated && _settings.ApiKey is null)
            {
                throw NoKey(Say["There is no API key.", "没有 API 密钥。"]);
            }

            try
            {
                return _client.Value;
            }
            catch (OptionsValidationException exception)
            {
                throw NoKey(string.Join(' ', exception.Failures));
            }
        }
    }

    /// <summary>Saves an image, without a limit of time as long as bytes arrive.</summary>
    public Task<ImageDownload> SaveAsync(GeneratedImage image, string path, CancellationToken cancellationToken) => Client.SaveAsync(
        image, path, new ImageSaveOptions { FileConflictBehavior = FileConflictBehavior.Overwrite }, cancellationToken);

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private static ImaNanoBananaOptions Defaults() => new();

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns the handler and disposes it.")]
    private ImaImageClient Create(TimeProvider time, ILogger logger)
    {
        var options = new ImaNanoBananaOptions
        {
            ApiKey = IsSimulated ? SimulatedKey : _settings.ApiKey,
            Language = Say.Language,
            MaxCredits = _settings.MaxCredits,
        };
        foreach (var model in _settings.AdditionalModels)
        {
            options.AdditionalModels.Add(model);
        }

        return new ImaImageClient(options, new ImaImageClientServices
        {
            PrimaryHandler = _settings.SimulatorAddress is { } address ? new ImaSimulatorProxy(address)
                : _settings.Simulate ? new ImaSimulator(time)
                : null,
            TimeProvider = time,
            Logger = logger,
            Journal = _store.Journal,
            Budget = _store.Budget,
            RequestGate = _store.Gate,
        });
    }

    private ToolException NoKey(string reason) => new(new ErrorFacts
    {
        Kind = nameof(ImaErrorKind.Unauthorized),
        Reason = reason,
        Suggestion = Say[
            "Ask the person to set IMA_API_KEY for this server (create a key at https://www.imaclaw.ai/imaclaw/apikey), or to start it "
                + "with --simulate.",
            "请让用户为此服务器设置 IMA_API_KEY（生成密钥：https://www.imaclaw.ai/imaclaw/apikey），或使用 --simulate 启动服务器。"],
        CreditsSpent = CreditsSpent.No,
        Retry = RetryWord.After,
    });
}
