namespace ImaNanoBanana.Tests.Analyzers;

/// <summary>IMA0001: a charged call that a pipeline or a loop may repeat.</summary>
public sealed class RepeatedChargeAnalyzerTests
{
    private const string Call = "client.GenerateAsync(request, token)";
    private const string WithKey = "client.GenerateAsync(request with { IdempotencyKey = \"order-1\" }, token)";

    /// <summary>A charged call, and whether it is found inside a pipeline.</summary>
    public static TheoryData<string, string, bool> PipelineCalls => new()
    {
        { "", Call, true },
        { "", "client.SubmitAsync(new ImageRequest(\"x\"), token)", true },
        { "", "client.GenerateAsync(request, new Progress<ImageProgress>(), token)", true },
        { "", "client.GenerateAsync(new(\"x\") { IdempotencyKey = \"order-1\" }, token)", false },
        { "", WithKey, false },
        { "var mine = new ImageRequest(\"x\") { IdempotencyKey = \"order-1\" };", "client.GenerateAsync(mine, token)", false },
        { "var mine = request with { IdempotencyKey = \"order-1\" };", "client.SubmitAsync(mine with { Count = 2 }, token)", false },
        { "var mine = new ImageRequest(\"x\"); _ = request.IdempotencyKey;", "client.GenerateAsync(mine, token)", true },
        { "ArgumentNullException.ThrowIfNull(request.IdempotencyKey);", Call, false },
        { "", "client.GenerateAsync(request with { IdempotencyKey = Guid.NewGuid().ToString() }, token)", true },
        { "", "client.GenerateAsync(new(\"x\") { IdempotencyKey = Guid.NewGuid().ToString(\"N\") }, token)", true },
        { "var key = Guid.NewGuid().ToString();", "client.GenerateAsync(request with { IdempotencyKey = key }, token)", false },
        { "var mine = request with { IdempotencyKey = Guid.NewGuid().ToString() };", "client.GenerateAsync(mine, token)", false },
        { "", "client.QuoteAsync(request, token)", false },
        { "", "client.WaitForCompletionAsync(new ImageTask(\"task_1\"), token)", false },
    };

    /// <summary>The code around the call, and whether it repeats it.</summary>
    public static TheoryData<string, bool> Loops => new()
    {
        { "while (true) { try { return await CALL; } catch (ImaException) { await Task.Delay(1); } }", true },
        { "for (var i = 0; i < 3; i++) { try { return await CALL; } catch (ImaException) when (i < 2) { } }", true },
        { "do { try { await CALL; break; } catch { continue; } } while (true);", true },
        { "foreach (var wait in new[] { 1, 2 }) { try { return await CALL; } catch (ImaException) { } }", true },
        { "while (true) { try { return await CALL; } catch (ImaException) { throw; } }", false },
        { "while (true) { Func<Task> f = async () => { try { await CALL; return; } catch (ImaException) { } }; await f(); }", false },
        { "try { return await CALL; } catch (ImaException) { }", false },

        // A loop over different requests continues after a success.
        { "foreach (var text in new[] { 1, 2 }) { try { await CALL; } catch (ImaException) { } }", false },
        { "for (var i = 0; i < 3; i++) { await CALL; }", false },
    };

    [Theory]
    [MemberData(nameof(PipelineCalls))]
    public async Task Charged_call_in_a_pipeline_is_found(string before, string call, bool isFound)
    {
        foreach (var body in new[] { $"await {call}", $"{{ return await {call}; }}" })
        {
            var findings = await FindAsync($"{before} await pipeline.ExecuteAsync(async token => {body}, token);");

            Assert.Equal(isFound ? [$"IMA0001 {call}"] : [], findings);
        }
    }

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task Charged_call_in_a_retry_loop_is_found(string code, bool isFound)
    {
        Assert.Equal(isFound ? [$"IMA0001 {Call}"] : [], await FindAsync(code.Replace("CALL", Call, StringComparison.Ordinal)));
        Assert.Empty(await FindAsync(code.Replace("CALL", WithKey, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("var key = Guid.NewGuid().ToString(); return await client.GenerateAsync(request with { IdempotencyKey = key }, token);")]
    [InlineData("var mine = request with { IdempotencyKey = $\"{Guid.NewGuid()}\" }; return await client.GenerateAsync(mine, token);")]
    public async Task Key_that_the_repeated_code_makes_anew_is_found(string body)
    {
        Assert.Single(await FindAsync($"await pipeline.ExecuteAsync(async token => {{ {body} }}, token);"));
        Assert.Single(await FindAsync($"while (true) {{ try {{ {body} }} catch (ImaException) {{ }} }}"));
    }

    [Theory]
    [InlineData("GenerateImagesAsync(\"x\", cancellationToken: token)", "", true)]
    [InlineData("GenerateAsync(new ImageGenerationRequest(\"x\"), null, token)", "", true)]
    [InlineData("GenerateImagesAsync(\"x\", options, token)", "_ = ImaImageGenerationProperties.IdempotencyKey;", false)]
    public async Task Generator_of_the_abstraction_in_a_pipeline_is_found(string call, string before, bool isFound)
    {
        var findings = await AnalyzedCode.FindAsync($$"""
            #pragma warning disable MEAI001
            static async Task RunAsync(IImageGenerator generator, ImageGenerationOptions options, ResiliencePipeline pipeline)
            {
                {{before}}
                await pipeline.ExecuteAsync(async token => await generator.{{call}});
            }
            """);

        Assert.Equal(isFound ? [$"IMA0001 generator.{call}"] : [], findings);
    }

    [Fact]
    public async Task Stream_in_a_pipeline_is_found()
    {
        const string Stream = "client.GenerateStreamingAsync(request, token)";

        var findings = await FindAsync(
            $"await pipeline.ExecuteAsync(async token => {{ await foreach (var item in {Stream}) {{ }} }}, token);");

        Assert.Equal([$"IMA0001 {Stream}"], findings);
    }

    [Fact]
    public async Task Function_that_is_called_once_is_not_found() =>
        Assert.Empty(await FindAsync($"await Task.Run(async () => await {Call});"));

    [Fact]
    public async Task Implementations_and_adapters_of_the_client_are_found_too()
    {
        var findings = await AnalyzedCode.FindAsync("""
            static async Task RunAsync(ImaImageClient client, ImageQuote quote, ResiliencePipeline<ImageTask> pipeline) =>
                await pipeline.ExecuteAsync(async token => await client.SubmitAsync(quote, token));
            """);

        Assert.Equal(["IMA0001 client.SubmitAsync(quote, token)"], findings);
    }

    [Fact]
    public async Task Methods_of_the_same_name_that_are_not_the_clients_are_not_found()
    {
        var findings = await AnalyzedCode.FindAsync("""
            interface IOther { Task<int> GenerateAsync(string request, CancellationToken token); }
            static async Task RunAsync(IOther client, ResiliencePipeline pipeline) =>
                await pipeline.ExecuteAsync(async token => await client.GenerateAsync("x", token));
            """);

        Assert.Empty(findings);
    }

    private static Task<IReadOnlyList<string>> FindAsync(string body) => AnalyzedCode.FindAsync($$"""
        static async Task<ImageResult?> RunAsync(
            IImaImageClient client, ImageRequest request, ResiliencePipeline pipeline, CancellationToken token)
        {
            {{body}}
            return null;
        }
        """);
}
