using System.Drawing;
using System.Text.Json;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Downloads;
using ImaNanoBanana.Tests.ExtensionsAI;
using ImaNanoBanana.Watching;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/extensions-ai.md, compiled and run. Each region between the marks is one fenced block, in order.</summary>
public sealed class ExtensionsAiSnippets : IDisposable
{
    private readonly TestTimeProvider _time = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ServiceProvider _provider;

    public ExtensionsAiSnippets()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_time);
        // >>>
        services.AddImaNanoBanana().AddImageGenerator();
        // <<<
        services.AddImaNanoBanana().UseSimulator();
        _provider = services.BuildServiceProvider();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IImageGenerator Generator => _provider.GetRequiredService<IImageGenerator>();

    private IEnumerable<decimal> Charged => _provider.GetRequiredService<ImaSimulator>().Charges.Select(charge => charge.Credits);

    public void Dispose()
    {
        _provider.Dispose();
        TestFolder.Delete(_folder);
    }

    [Fact]
    public async Task Image_of_a_size_with_a_key_and_a_limit_is_charged_once()
    {
        await RunAsync(GenerateAsync(Generator, Token));
        await RunAsync(GenerateAsync(Generator, Token));

        Assert.Equal([10m], Charged);
    }

    [Fact]
    public async Task Image_is_edited_and_saved()
    {
        var (photo, file) = (Path.Combine(_folder.FullName, "photo.png"), Path.Combine(_folder.FullName, "painting.png"));
        await File.WriteAllBytesAsync(photo, DownloadTests.Png, Token);

        await RunAsync(EditAsync(Generator, photo, file, Token));

        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString((await File.ReadAllBytesAsync(file, Token))[..8]));
        Assert.Equal([6m], Charged);
    }

    [Fact]
    public async Task Submission_is_fetched_later()
    {
        var file = Path.Combine(_folder.FullName, "handle.json");

        await RunAsync(SubmitAsync(Generator, file, Token));
        await RunAsync(FetchAsync(Generator, file, Token));

        Assert.Equal([6m], Charged);
    }

    [Fact]
    public async Task Image_of_a_chat_is_returned_as_bytes()
    {
        using var model = new ScriptedChatClient(ScriptedChatClient.Call("call_1", "GenerateImage", ("prompt", "a cute puppy on grass")));
        var images = await ResultAsync(ImagesOfChatAsync(model, Generator, Token));

        Assert.Equal("image/png", Assert.Single(images).MediaType);
        Assert.Equal([10m], Charged);
    }

    [Fact]
    public async Task Generator_with_layers_comes_from_a_container()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_time);
        AddPipeline(services);
        services.AddImaNanoBanana().UseSimulator();
        await using var provider = services.BuildServiceProvider();

        var generator = provider.GetRequiredService<IImageGenerator>();
        await RunAsync(generator.GenerateImagesAsync("a cute puppy on grass", cancellationToken: Token));

        Assert.Equal([6m], provider.GetRequiredService<ImaSimulator>().Charges.Select(charge => charge.Credits));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Chat_model_draws_what_the_app_approves(bool approves, int charges)
    {
        using var model = new ScriptedChatClient(ScriptedChatClient.Call("call_1", "generate_image", ("prompt", "a cute puppy on grass")));
        using var chat = model.AsBuilder().UseFunctionInvocation().Build();

        List<string> questions = [];

        await RunAsync(ChatAsync(_provider.GetRequiredService<IImaImageClient>(), chat, MayRun, Token));

        Assert.Equal(["generate_image for 6 credits"], questions);
        Assert.Equal(charges, Charged.Count());

        Task<bool> MayRun(FunctionCallContent call, JsonElement quote)
        {
            questions.Add($"{call.Name} for {quote.GetProperty("credits")} credits");
            return Task.FromResult(approves);
        }
    }

    [Fact]
    public async Task Price_comes_from_the_client()
    {
        await RunAsync(QuoteAsync(Generator, Token));

        Assert.Empty(Charged);
    }

    private static async Task GenerateAsync(IImageGenerator generator, CancellationToken cancellationToken)
    {
        // >>>
        var options = new ImageGenerationOptions
        {
            ImageSize = new Size(1920, 1080),
            AdditionalProperties = new()
            {
                [ImaImageGenerationProperties.IdempotencyKey] = "order-4711",
                [ImaImageGenerationProperties.MaxCredits] = 20,
            },
        };
        var response = await generator.GenerateImagesAsync("a cute puppy on grass", options, cancellationToken);
        var image = (UriContent)response.Contents[0];
        Console.WriteLine(
            $"{image.Uri}, {image.AdditionalProperties![ImaImageGenerationProperties.AspectRatio]}, "
                + $"{image.AdditionalProperties[ImaImageGenerationProperties.Size]}");
        Console.WriteLine($"{response.Usage?.AdditionalCounts?[ImaImageGenerationProperties.Credits]} credits");
        // <<<
        Assert.Equal(
            ("16:9", "2K", 10L),
            (
                image.AdditionalProperties[ImaImageGenerationProperties.AspectRatio],
                image.AdditionalProperties[ImaImageGenerationProperties.Size],
                response.Usage!.AdditionalCounts![ImaImageGenerationProperties.Credits]));
    }

    private static async Task EditAsync(IImageGenerator generator, string photo, string file, CancellationToken cancellationToken)
    {
        // >>>
        var original = await DataContent.LoadFromAsync(photo, cancellationToken: cancellationToken);
        var options = new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data };
        var response = await generator.EditImageAsync(original, "turn it into an oil painting", options, cancellationToken);
        await ((DataContent)response.Contents[0]).SaveToAsync(file, cancellationToken);
        // <<<
    }

    private static async Task SubmitAsync(IImageGenerator generator, string handleFile, CancellationToken cancellationToken)
    {
        // >>>
        var options = new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Hosted };
        var requested = await generator.GenerateImagesAsync("a cute puppy on grass", options, cancellationToken);
        await File.WriteAllTextAsync(handleFile, ((HostedFileContent)requested.Contents[0]).FileId, cancellationToken);
        // <<<
    }

    private static async Task FetchAsync(IImageGenerator generator, string handleFile, CancellationToken cancellationToken)
    {
        // >>>
        var handle = new HostedFileContent(await File.ReadAllTextAsync(handleFile, cancellationToken));
        var fetch = new ImageGenerationRequest { OriginalImages = [handle] };
        var response = await generator.GenerateAsync(fetch, cancellationToken: cancellationToken);
        // <<<
        Assert.IsType<UriContent>(Assert.Single(response.Contents));
    }

    private static async Task<IReadOnlyList<DataContent>> ImagesOfChatAsync(
        IChatClient model, IImageGenerator generator, CancellationToken cancellationToken)
    {
        // >>>
        var chat = model.AsBuilder().UseImageGeneration(generator).UseFunctionInvocation().Build();
        var tool = new HostedImageGenerationTool { Options = new ImageGenerationOptions { ModelId = ImageModel.NanoBananaPro.Id } };
        var response = await chat.GetResponseAsync(
            "Draw a cute puppy on grass.", new ChatOptions { Tools = [tool] }, cancellationToken);
        var images = response.Messages.SelectMany(message => message.Contents)
            .OfType<ImageGenerationToolResultContent>().SelectMany(result => result.Outputs ?? []).OfType<DataContent>();
        // <<<
        return [.. images];
    }

    private static async Task<ChatResponse> ChatAsync(
        IImaImageClient client,
        IChatClient chat,
        Func<FunctionCallContent, JsonElement, Task<bool>> mayRun,
        CancellationToken cancellationToken)
    {
        // >>>
        var tools = client.AsImageTools(new ImageToolOptions { MaxCredits = 20, Budget = new CreditBudget(100) });
        var options = new ChatOptions { Tools = [.. tools] };
        List<ChatMessage> messages = [new(ChatRole.User, "Draw a cute puppy on grass.")];
        var response = await chat.GetResponseAsync(messages, options, cancellationToken);
        messages.AddMessages(response);
        var quoteTool = tools.Single(tool => tool.Name == "quote_image");
        foreach (var question in response.Messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>())
        {
            var call = (FunctionCallContent)question.ToolCall;
            var quote = (JsonElement)(await quoteTool.InvokeAsync(new AIFunctionArguments(call.Arguments), cancellationToken))!;
            messages.Add(new ChatMessage(ChatRole.User, [question.CreateResponse(await mayRun(call, quote))]));
        }

        return await chat.GetResponseAsync(messages, options, cancellationToken);
        // <<<
    }

    private static void AddPipeline(IServiceCollection services)
    {
        // >>>
        services.AddImaNanoBanana();
        services.AddImageGenerator(provider => provider.GetRequiredService<IImaImageClient>().AsIImageGenerator())
            .UseLogging()
            .UseOpenTelemetry();
        // <<<
    }

    private static async Task QuoteAsync(IImageGenerator generator, CancellationToken cancellationToken)
    {
        // >>>
        var client = generator.GetRequiredService<IImaImageClient>();
        var quote = await client.QuoteAsync(new ImageRequest("a cute puppy on grass"), cancellationToken);
        // <<<
        Assert.Equal(6, quote.Credits);
    }

    private async Task<T> ResultAsync<T>(Task<T> work)
    {
        await RunAsync(work);
        return await work;
    }

    private async Task RunAsync(Task work)
    {
        await _time.RunAsync(work, PollSchedule.Longest, Token);
        await work;
    }
}
