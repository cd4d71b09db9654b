using System.CommandLine;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Logging;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Cli.Running;

/// <summary>One run of one command: what was asked for, and the client, which is made when it is first needed.</summary>
internal sealed class Session(CliHost host, CliOptions options, ParseResult parsed, Wording say) : IDisposable
{
    /// <summary>No word that an answer may hold: the client masks its key there.</summary>
    private const string SimulatedKey = "key-of-the-console-for-simulators";

    private ImaImageClient? _client;
    private HttpMessageHandler? _handler;
    private RollingLog? _log;

    public CliHost Host => host;

    public ParseResult Parsed => parsed;

    public Wording Say => say;

    public Screen Screen { get; } = new(host);

    public CliPaths Paths { get; } = new(host);

    public bool IsJson => parsed.GetValue(options.Json);

    public RollingLog Log => _log ??= new RollingLog(Paths.Logs, Key?.Trim(), host.Time);

    /// <summary>Whether a simulator stands in for the service; known once the client is made.</summary>
    public bool IsSimulated { get; private set; }

    /// <summary>Whether the simulator is in this process, so that its tasks end with it.</summary>
    public bool EndsWithProcess => IsSimulated && _handler is ImaSimulator;

    /// <summary>The key of the command line, which was given for this run; else of the environment; else null.</summary>
    public string? Key =>
        new[] { parsed.GetValue(options.ApiKey), host.Variable("IMA_API_KEY") }.FirstOrDefault(key => !string.IsNullOrWhiteSpace(key));

    /// <exception cref="StopException">There is neither a key nor a simulator, or one that cannot be used.</exception>
    public ImaImageClient Client => _client ??= CreateClient();

    /// <summary>Whether there is a client: the key and the options can be used.</summary>
    public bool HasClient => _client is not null;

    public void Dispose()
    {
        _client?.Dispose();
        _handler?.Dispose();
    }

    private ImaImageClient CreateClient()
    {
        var settings = new ImaNanoBananaOptions { Language = say.Language, ApiKey = Key };
        if (parsed.GetValue(options.Timeout) is { } seconds)
        {
            settings.WatchTimeout = TimeSpan.FromSeconds(seconds);
        }

        var journal = parsed.GetValue(options.Journal) is { } folder ? host.FullPath(folder) : Paths.Journal;
        var address = parsed.GetValue(options.SimulatorAddress) ?? host.Variable("IMA_SIMULATOR");
        if (!string.IsNullOrEmpty(address))
        {
            IsSimulated = true;
            settings.ApiKey = SimulatedKey;
            _handler = new ImaSimulatorProxy(Loopback(address));
            journal = parsed.GetValue(options.Journal) is null ? Paths.SimulatorJournal : journal;
        }
        else if (parsed.GetValue(options.Simulate) || (Key is null && !host.IsOutputRedirected))
        {
            IsSimulated = true;
            settings.ApiKey = SimulatedKey;
            _handler = host.Simulator();
            journal = null;
            Screen.Note(say[
                "This run uses the built-in simulator: placeholder pictures, no credits. Set IMA_API_KEY for real ones.",
                "本次使用内置模拟器：占位图片，不消耗积分。设置 IMA_API_KEY 以生成真实图片。"]);
        }
        else if (Key is null)
        {
            throw new StopException(ExitCode.Key, say[
                "There is no API key. Set IMA_API_KEY (make a key at https://www.imaclaw.ai/imaclaw/apikey), or use --simulate.",
                "没有 API 密钥。请设置 IMA_API_KEY（生成密钥：https://www.imaclaw.ai/imaclaw/apikey），或使用 --simulate。"]);
        }
        else
        {
            WarnOfVisibleKey();
        }

        try
        {
            return new ImaImageClient(settings, new ImaImageClientServices
            {
                PrimaryHandler = _handler ?? host.Service,
                TimeProvider = host.Time,
                Logger = Log,
                Journal = journal is null || parsed.GetValue(options.NoJournal)
                    ? null
                    : new FileTaskJournal(journal, timeProvider: host.Time),
            });
        }
        catch (OptionsValidationException exception)
        {
            // Everything but the key was checked with the command line.
            var source = string.IsNullOrWhiteSpace(parsed.GetValue(options.ApiKey)) ? "IMA_API_KEY" : "--api-key";
            throw new StopException(ExitCode.Key, $"{source}: {string.Join(' ', exception.Failures)}");
        }
    }

    private void WarnOfVisibleKey()
    {
        if (string.IsNullOrWhiteSpace(parsed.GetValue(options.ApiKey)))
        {
            return;
        }

        Screen.Note(say[
            "Warning: the key given with --api-key shows in process lists and shell histories. Set IMA_API_KEY instead.",
            "警告：通过 --api-key 给出的密钥会出现在进程列表和命令历史中。请改用 IMA_API_KEY。"]);
    }

    private Uri Loopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback && uri.Scheme == Uri.UriSchemeHttp
            ? uri
            : throw new StopException(ExitCode.Usage, say[
                $"'{address}' is no simulator on this machine; http://127.0.0.1:5080/ would be one.",
                $"“{address}”不是本机上的模拟器；示例：http://127.0.0.1:5080/。"]);
}
