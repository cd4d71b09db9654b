using System.Diagnostics;
using ImaNanoBanana.Tests.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Names = ImaNanoBanana.ImaImageGenerationProperties;

namespace ImaNanoBanana.Tests.ExtensionsAI;

/// <summary>The generator inside the pipelines of Microsoft.Extensions.AI itself.</summary>
public sealed class ChatPipelineTests : IDisposable
{
    private readonly GeneratorShop _shop = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Image_of_a_chat_arrives_as_bytes()
    {
        var response = await ChatAsync(null);

        var image = Assert.Single(Contents(response).OfType<ImageGenerationToolResultContent>()).Outputs!.OfType<DataContent>().Single();
        Assert.Equal("image/png", image.MediaType);
        Assert.Equal([6m], _shop.Charged);
    }

    [Theory]
    [InlineData(ImageGenerationResponseFormat.Uri)]
    [InlineData(ImageGenerationResponseFormat.Hosted)]
    public async Task Format_that_a_chat_drops_is_refused_before_it_is_charged(ImageGenerationResponseFormat format)
    {
        var response = await ChatAsync(new ImageGenerationOptions { ResponseFormat = format });

        Assert.DoesNotContain(Contents(response), content => content is DataContent or UriContent);
        Assert.Empty(_shop.Requests);
    }

    [Fact]
    public async Task Call_of_a_chat_that_is_invoked_again_is_charged_once()
    {
        await ChatAsync(null);
        await ChatAsync(null);

        Assert.Equal([6m], _shop.Charged);
    }

    [Fact]
    public async Task Options_of_the_hosted_tool_are_used()
    {
        await ChatAsync(new ImageGenerationOptions { AdditionalProperties = new() { [Names.Size] = "2K" } });

        Assert.Equal([10m], _shop.Charged);
    }

    /// <summary>In any other function the app receives what the options request.</summary>
    [Fact]
    public async Task Function_of_the_app_that_generates_an_image_receives_its_address()
    {
        ImageGenerationResponse? generated = null;
        using var model = new ScriptedChatClient(ScriptedChatClient.Call("call_1", "draw"));
        using var chat = model.AsBuilder().UseFunctionInvocation().Build();
        var draw = AIFunctionFactory.Create(
            async () =>
            {
                generated = await _shop.Generator.GenerateImagesAsync("a puppy", cancellationToken: Token);
                return "Drawn.";
            },
            "draw");

        await _shop.RunAsync(chat.GetResponseAsync("Draw a puppy.", new ChatOptions { Tools = [draw] }, Token));

        Assert.IsType<UriContent>(Assert.Single(generated!.Contents));
        Assert.NotEqual("call_1", ((ImageResult)generated.RawRepresentation!).Task.IdempotencyKey);
    }

    /// <summary>With one key for the call, the second image would be refused, or be the first one again.</summary>
    [Theory]
    [InlineData("a puppy", "a kitten")]
    [InlineData("a puppy", "a puppy")]
    public async Task Function_of_the_app_generates_several_images_in_one_call(string first, string second)
    {
        var images = new List<Uri>();
        using var model = new ScriptedChatClient(ScriptedChatClient.Call("call_1", "draw"));
        using var chat = model.AsBuilder().UseFunctionInvocation().Build();
        var draw = AIFunctionFactory.Create(
            async () =>
            {
                foreach (var prompt in new[] { first, second })
                {
                    var response = await _shop.Generator.GenerateImagesAsync(prompt, cancellationToken: Token);
                    images.Add(((UriContent)response.Contents[0]).Uri);
                }

                return "Drawn.";
            },
            "draw");

        await _shop.RunAsync(chat.GetResponseAsync("Draw two images.", new ChatOptions { Tools = [draw] }, Token));

        Assert.Equal(2, images.Distinct().Count());
        Assert.Equal([6m, 6m], _shop.Charged);
    }

    [Fact]
    public async Task One_generation_is_one_span_with_the_telemetry_of_both_libraries()
    {
        const string Source = "pipeline";
        using var spans = new SpanSpy(Source);
        using var generator = _shop.Generator.AsBuilder()
            .UseLogging(NullLoggerFactory.Instance)
            .UseOpenTelemetry(sourceName: Source)
            .Build();

        await _shop.RunAsync(generator.GenerateImagesAsync(
            "a puppy", new ImageGenerationOptions { ModelId = ImageModel.NanoBananaPro.Id }, Token));

        var generation = Assert.Single(spans.Spans, span => span.GetTagItem("gen_ai.operation.name") is "generate_content");
        Assert.Equal(Source, generation.Source.Name);
        Assert.Equal(_shop.Simulator.Charges.Single().TaskId, generation.GetTagItem("ima.task.id"));
        Assert.All(
            spans.Spans.Where(span => span.OperationName.StartsWith("submit", StringComparison.Ordinal)),
            span => Assert.Equal(generation.SpanId, span.ParentSpanId));
    }

    [Fact]
    public async Task Second_generation_inside_one_span_has_a_span_of_its_own()
    {
        using var source = new ActivitySource("pipeline.twice");
        using var spans = new SpanSpy(source.Name);
        using (var outer = source.StartActivity("generate_content")!)
        {
            outer.SetTag("gen_ai.operation.name", "generate_content").SetTag("gen_ai.provider.name", "ima_studio");
            await _shop.RunAsync(_shop.Client.GenerateAsync(new ImageRequest("a puppy"), Token));
            await _shop.RunAsync(_shop.Client.GenerateAsync(new ImageRequest("a kitten"), Token));
        }

        Assert.Equal(
            ["pipeline.twice", ImaTelemetry.ActivitySourceName],
            spans.Spans.Where(span => span.GetTagItem("gen_ai.operation.name") is "generate_content")
                .Select(span => span.Source.Name).Order(StringComparer.Ordinal).Reverse());
    }

    private static IEnumerable<AIContent> Contents(ChatResponse response) => response.Messages.SelectMany(message => message.Contents);

    private async Task<ChatResponse> ChatAsync(ImageGenerationOptions? options)
    {
        using var model = new ScriptedChatClient(ScriptedChatClient.Call("call_1", "GenerateImage", ("prompt", "a puppy")));
        using var chat = model.AsBuilder().UseImageGeneration(_shop.Client.AsIImageGenerator()).UseFunctionInvocation().Build();
        var tool = new HostedImageGenerationTool { Options = options };
        return await _shop.RunAsync(chat.GetResponseAsync("Draw a puppy.", new ChatOptions { Tools = [tool] }, Token));
    }
}
