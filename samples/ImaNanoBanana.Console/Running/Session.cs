using System.CommandLine;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Logging;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Cli.Running;

/// <summary>Represents one run of one command, with its arguments and the client, which is created when it is first needed.</summary>
internal sealed class Session(CliHost host, CliOptions options, ParseResult parsed, Wording say) : IDisposable
{
    /// <summary>A text that no response contains, because the client masks its key in responses.</summary>
    private const string SimulatedKey = "key-of-the-console-for-simulators";

    private ImaImageClient? _client;
    private HttpMessageHandler? _handler;
    private RollingLog? _log;

    public CliHost Host => host;

    public ParseResult Parsed => parsed;

    public Wording Say => say;

    public Screen Screen { get; } = new(host);

    public CliPaths Paths { get; } = new(host);

    /// <summary>The models that the user allows besides those that the SDK knows.</summary>
    public IReadOnlyList<string> AdditionalModels => Samples.AdditionalModels.Read(host.Variable(Samples.AdditionalModels.Variable));

    public bool IsJson => parsed.GetValue(options.Json);

    public RollingLog Log => _log ??= new RollingLog(Paths.Logs, Key?.Trim(), host.Time);

    /// <summary>Whether a simulator replaces the service. Known as soon as the client is created.</summary>
    public bool IsSimulated { get; private set; }

    /// <summary>Whether the simulator is in this process, so that its tasks end with it.</summary>
    public bool EndsWithProcess => IsSimulated && _handler is ImaSimulator;

    /// <summary>The API key: from the command line, otherwise from the environment, otherwise null.</summary>
    public string? Key =>
        new[] { parsed.GetValue(options.ApiKey), host.Variable("IMA_API_KEY") }.FirstOrDefault(key => !string.IsNullOrWhiteSpace(key));

    /// <exception cref="StopException">There is neither an API key nor a simulator, or the one that is given is not valid.</exception>
    public ImaImageClient Client => _client ??= CreateClient();

    /// <summary>Whether the client could be created, so that the key and the options are valid.</summary>
    public bool HasClient => _client is not null;

    /// <returns>
    /// The command that continues a task. The journal of this run has the details of the task; without a journal, the handle has them.
    /// </returns>
    public string WatchCommand(ImageTask task)
    {
        var words = new List<string> { "ima", "watch" };
        words.Add(parsed.GetValue(options.NoJournal) ? ShellText.Quoted(task.ToHandle()) : ShellText.Word(task.Id));
        foreach (var option in new[] { options.SimulatorAddress, options.Journal })
        {
            if (parsed.GetValue(option) is { } value)
            {
                words.AddRange([option.Name, ShellText.Word(value)]);
            }
        }

        return string.Join(' ', words);
    }

    public void Dispose()
    {
        _client?.Dispose();
        _handler?.Dispose();
    }

    private ImaImageClient CreateClient()
    {
        var settings = new ImaNanoBananaOptions { Language = say.Language, ApiKey = Key };
        foreach (var model in AdditionalModels)
        {
            settings.AdditionalModels.Add(model);
        }

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
                "This run uses the built-in simulator: placeholder images, no credits. Set IMA_API_KEY to generate real images.",
                "本次运行使用内置模拟器：生成占位图片，不消耗积分。要生成真实图片，请设置 IMA_API_KEY。"]);
        }
        else if (Key is null)
        {
            throw new StopException(ExitCode.Key, say[
                "There is no API key. Set IMA_API_KEY (create a key at https://www.imaclaw.ai/imaclaw/apikey), or use --simulate.",
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
            // All values except these were validated with the command line.
            var source = exception.Failures.All(failure => failure.StartsWith(nameof(settings.AdditionalModels), StringComparison.Ordinal))
                ? Samples.AdditionalModels.Variable
                : string.IsNullOrWhiteSpace(parsed.GetValue(options.ApiKey)) ? "IMA_API_KEY" : "--api-key";
            throw new StopException(ExitCode.Key, $"{source}: {string.Join(' ', exception.Failures.Select(Problem))}");
        }
    }

    /// <summary>The sentences of the SDK are in English.</summary>
    private string Problem(string failure) => say[
        failure,
        failure.StartsWith(nameof(ImaNanoBananaOptions.ApiKey), StringComparison.Ordinal)
            ? "密钥无效。请检查是否带有引号、空格、变量名或 Bearer，是否为占位符，是否包含两个密钥。密钥页面：https://www.imaclaw.ai/imaclaw/apikey"
            : "模型 ID 无效。请填写以逗号分隔的模型 ID。"];

    private void WarnOfVisibleKey()
    {
        if (string.IsNullOrWhiteSpace(parsed.GetValue(options.ApiKey)))
        {
            return;
        }

        Screen.Note(say[
            "Warning: a key given with --api-key is visible in process lists and shell histories. Use IMA_API_KEY instead.",
            "警告：通过 --api-key 传入的密钥会出现在进程列表和命令历史记录中。请改用 IMA_API_KEY。"]);
    }

    private Uri Loopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback && uri.Scheme == Uri.UriSchemeHttp
            ? uri
            : throw new StopException(ExitCode.Usage, say[
                $"'{address}' is not a simulator address on this machine. Use an address such as http://127.0.0.1:5080/.",
                $"“{address}”不是本机模拟器的地址。示例：http://127.0.0.1:5080/。"]);
}
