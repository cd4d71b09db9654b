using ImaNanoBanana.Options;

namespace ImaNanoBanana.Tests.Options;

public class ImaNanoBananaOptionsTests
{
    [Fact]
    public void Defaults_are_those_of_the_documentation()
    {
        var options = new ImaNanoBananaOptions();

        Assert.Null(options.ApiKey);
        Assert.Equal(TimeSpan.FromSeconds(120), options.CreateTimeout);
        Assert.Equal(TimeSpan.FromSeconds(15), options.CancellationGrace);
        Assert.Equal(TimeSpan.FromSeconds(30), options.ReadAttemptTimeout);
        Assert.Equal(TimeSpan.FromSeconds(90), options.ReadTimeout);
        Assert.Equal(TimeSpan.FromSeconds(30), options.PollTimeout);
        Assert.Equal(TimeSpan.FromSeconds(600), options.WatchTimeout);
        Assert.Equal(TimeSpan.FromSeconds(30), options.TransferStallTimeout);
        Assert.Equal(TimeSpan.FromMinutes(10), options.TransferTimeout);
        Assert.Equal((10, 20), (options.RequestsPerSecond, options.RequestBurst));
        Assert.Equal((true, true, true), (options.RetryReads, options.RetrySubmissions, options.HashDownloads));
        Assert.Equal(52_428_800, options.MaxUploadBytes);
        Assert.Equal(209_715_200, options.MaxDownloadBytes);
        Assert.Equal(["*.aliyuncs.com", "*.esxscloud.com"], options.StorageHosts);
        Assert.Equal(ImaLanguage.English, options.Language);
    }

    public static TheoryData<string, Action<ImaNanoBananaOptions>> Impossible() => new()
    {
        { "CreateTimeout", options => options.CreateTimeout = TimeSpan.FromMilliseconds(999) },
        { "CreateTimeout", options => options.CreateTimeout = TimeSpan.FromHours(1.1) },
        { "CancellationGrace", options => options.CancellationGrace = TimeSpan.FromSeconds(-1) },
        { "ReadAttemptTimeout", options => options.ReadAttemptTimeout = TimeSpan.Zero },
        { "PollTimeout", options => options.PollTimeout = Timeout.InfiniteTimeSpan },
        { "TransferStallTimeout", options => options.TransferStallTimeout = TimeSpan.Zero },
        { "TransferTimeout", options => options.TransferTimeout = TimeSpan.FromDays(2) },
        { "MaxUploadBytes", options => options.MaxUploadBytes = 0 },
        { "MaxDownloadBytes", options => options.MaxDownloadBytes = 0 },
        { "RequestsPerSecond", options => options.RequestsPerSecond = 0 },
        { "RequestsPerSecond", options => options.RequestsPerSecond = double.NaN },
        { "RequestsPerSecond", options => options.RequestsPerSecond = 10_001 },
        { "RequestBurst", options => options.RequestBurst = 0 },
        { "WatchTimeout", options => options.WatchTimeout = TimeSpan.FromDays(1.1) },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Invalid_time_is_reported(string option, Action<ImaNanoBananaOptions> change)
    {
        var options = new ImaNanoBananaOptions { ApiKey = "ima_key" };
        change(options);

        Assert.StartsWith(option + " is ", Assert.Single(ImaNanoBananaOptionsValidator.Problems(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void Rate_limit_can_be_switched_off() =>
        Assert.Empty(ImaNanoBananaOptionsValidator.Problems(new ImaNanoBananaOptions { ApiKey = "ima_key", RequestsPerSecond = null }));

    [Fact]
    public void Grace_of_zero_is_possible() =>
        Assert.Empty(
            ImaNanoBananaOptionsValidator.Problems(new ImaNanoBananaOptions { ApiKey = "ima_key", CancellationGrace = TimeSpan.Zero }));

    [Theory]
    [InlineData("gemini-nano-banana-2.1", true)]
    [InlineData("x", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData(" gemini", false)]
    [InlineData("Nano Banana 3", false)]
    [InlineData("a\0b", false)]
    public void Additional_models_are_ids(string? id, bool isPossible)
    {
        var options = new ImaNanoBananaOptions { ApiKey = "ima_key" };
        Assert.Empty(options.AdditionalModels);
        options.AdditionalModels.Add(id!);

        var problems = ImaNanoBananaOptionsValidator.Problems(options);

        Assert.Equal(isPossible, problems.Count == 0);
        Assert.All(problems, problem => Assert.StartsWith("AdditionalModels holds '", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Additional_model_may_have_100_characters()
    {
        var options = new ImaNanoBananaOptions { ApiKey = "ima_key" };
        options.AdditionalModels.Add(new string('m', 100));
        Assert.Empty(ImaNanoBananaOptionsValidator.Problems(options));

        options.AdditionalModels.Add(new string('m', 101));
        Assert.Single(ImaNanoBananaOptionsValidator.Problems(options));
    }

    [Theory]
    [InlineData("storage.example.com", true)]
    [InlineData("*.example.com", true)]
    [InlineData("*", false)]
    [InlineData("*.com", false)]
    [InlineData("localhost", false)]
    [InlineData("https://example.com", false)]
    [InlineData("*.*.example.com", false)]
    [InlineData("", false)]
    public void Storage_hosts_are_host_names(string host, bool isPossible)
    {
        var options = new ImaNanoBananaOptions { ApiKey = "ima_key" };
        options.StorageHosts.Add(host);

        Assert.Equal(
            isPossible ? [] : [$"StorageHosts holds '{host}'"],
            ImaNanoBananaOptionsValidator.Problems(options).Select(problem => problem.Split(',')[0]));
    }
}
