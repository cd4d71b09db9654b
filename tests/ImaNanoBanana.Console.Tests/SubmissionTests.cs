using System.Text.Json;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Console.Tests;

/// <summary>The effect of the options of a request.</summary>
public sealed class SubmissionTests : IDisposable
{
    private readonly CliRun _ima = new();

    /// <summary>Words without quotation marks are one prompt. Beside a text or a file, they are a mistake that would be charged.</summary>
    [Theory]
    [InlineData("out.png", "a puppy", "out.png")]
    [InlineData("a puppy", "a puppy", "in", "snow")]
    [InlineData("notes", "a", "puppy", "notes")]
    public async Task A_stray_argument_is_not_submitted(string stray, params string[] words)
    {
        await File.WriteAllTextAsync(Path.Combine(_ima.Folder, "notes"), "", TestContext.Current.CancellationToken);

        Assert.Equal(2, await _ima.RunAsync(["generate", .. words]));

        Assert.Contains("would become part of the prompt.", _ima.Error, StringComparison.Ordinal);
        Assert.Contains(stray, _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
        Assert.Equal(0, await _ima.RunAsync("generate", "a", "puppy", "in", "snow"));
        Assert.Equal("a puppy in snow", Assert.Single(_ima.Service.Charges).Prompt);
    }

    [Fact]
    public async Task Charged_images_that_are_missing_are_no_success()
    {
        _ima.Service.Scenario.FailedImages(1);

        Assert.Equal(1, await _ima.RunAsync("generate", "a puppy", "-n", "2"));

        Assert.Contains("failed", _ima.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_during_the_submission_says_what_it_waits_for()
    {
        await _ima.InterruptedAsync("Submitting", "generate", "a puppy");

        Assert.Contains(
            "Interrupted. Waiting for the response to the request that was sent; a second Ctrl-C leaves its outcome unknown.",
            _ima.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_submission_after_an_unknown_outcome_begins_with_a_note()
    {
        _ima.Service.Scenario.AcceptThenDrop();
        Assert.Equal(6, await _ima.RunAsync("generate", "a puppy"));

        Assert.Equal(0, await _ima.RunAsync("generate", "a cat"));

        Assert.Contains(
            "Note: the outcome of earlier submissions is unknown (1), and they may have been charged. `ima journal` lists them.",
            _ima.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_JSON_messages_each_message_is_a_line_with_its_step()
    {
        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--narrate", "--json", "-o", "out/"));

        var messages = _ima.OutLines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([0, 1, 3], messages.Select(message => message.GetProperty("step").GetInt32()));
        Assert.Contains("Credits: 6 pts", messages[1].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("https://ima-ga.esxscloud.com/simulator/task_sim_000001/1.png", messages[2].GetProperty("urls")[0].GetString());
        Assert.True(File.Exists(Path.Combine(_ima.Folder, "out", "task_sim_000001.png")));
    }

    [Fact]
    public async Task Model_that_the_environment_allows_is_submitted_and_remembered()
    {
        _ima.Service.AddModel(SimulatedModel.Newer);
        Assert.Equal(2, await _ima.RunAsync("generate", "a puppy", "--model", "gemini-nano-banana-2.1"));
        Assert.Contains("IMA_ADDITIONAL_MODELS", _ima.Error, StringComparison.Ordinal);

        _ima.Variables["IMA_ADDITIONAL_MODELS"] = "other-model, gemini-nano-banana-2.1";
        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--model", "gemini-nano-banana-2.1", "--remember-model"));
        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--remember-model"));
        Assert.Contains("Model: gemini-nano-banana-2.1, as last time", _ima.Error, StringComparison.Ordinal);
        Assert.Equal([8m, 8m], _ima.Service.Charges.Select(charge => charge.Credits));

        // Without the variable, the remembered model is not used.
        _ima.Variables.Remove("IMA_ADDITIONAL_MODELS");
        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--remember-model"));
        Assert.Equal(6, _ima.Service.Charges[^1].Credits);
    }

    [Fact]
    public async Task Model_in_the_environment_that_is_not_an_id_is_named()
    {
        _ima.Variables["IMA_ADDITIONAL_MODELS"] = "Nano Banana 3";

        Assert.NotEqual(0, await _ima.RunAsync("generate", "a puppy"));

        Assert.Contains("IMA_ADDITIONAL_MODELS: AdditionalModels holds 'Nano Banana 3'", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Fact]
    public async Task With_JSON_messages_a_failure_is_a_message_and_an_error()
    {
        _ima.Service.Scenario.InsufficientCredits();

        Assert.Equal(3, await _ima.RunAsync("generate", "a puppy", "--narrate", "--json"));

        var last = _ima.OutLines.TakeLast(2).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(4, last[0].GetProperty("step").GetInt32());
        Assert.Equal("InsufficientCredits", last[1].GetProperty("error").GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("generate", "a puppy", "--version-id", "no-such-version")]
    [InlineData("--prompt", "a puppy", "--version-id", "no-such-version")]
    [InlineData("quote", "--version-id", "no-such-version")]
    public async Task A_version_that_does_not_exist_is_not_submitted(params string[] args)
    {
        Assert.Equal(2, await _ima.RunAsync(args));

        Assert.Contains("no-such-version", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Theory]
    [InlineData(true, 0, 10)]
    [InlineData(false, 1, 0)]
    public async Task A_smaller_size_is_submitted_only_if_allowed(bool isAllowed, int code, decimal charged)
    {
        _ima.Service.Script("create", new SimulatedFault { Status = 200, Body = """{"code":500,"message":"cannot"}""" });
        string[] allowing = isAllowed ? ["--allow-smaller"] : [];

        Assert.Equal(code, await _ima.RunAsync(["generate", "a puppy", "--size", "4K", "--json", .. allowing]));

        _ima.Service.Ledger.ShouldHaveCharged(charged);
        if (isAllowed)
        {
            var result = JsonDocument.Parse(_ima.Out).RootElement;
            Assert.Equal("2K", result.GetProperty("size").GetString());
            Assert.Equal("4K", result.GetProperty("adjustments")[0].GetProperty("from").GetString());
            Assert.Contains("Note: size 4K was changed to 2K", _ima.Error, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _ima.Dispose();
}
