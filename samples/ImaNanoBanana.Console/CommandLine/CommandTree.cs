using System.CommandLine;
using ImaNanoBanana.Cli.Commands;
using ImaNanoBanana.Cli.Commands.Journal;
using ImaNanoBanana.Cli.Commands.Original;
using ImaNanoBanana.Cli.Commands.Setup;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>Runs a command.</summary>
/// <returns>The exit code.</returns>
internal delegate Task<int> CliCommand(Session session, CancellationToken cancellationToken);

/// <summary>Runs a command and handles its errors.</summary>
internal delegate Task<int> CliRunner(CliCommand command, ParseResult parsed, CancellationToken cancellationToken);

/// <summary>Defines the commands and their arguments.</summary>
internal static partial class CommandTree
{
    public static RootCommand Build(CliOptions options, Wording say, CliRunner run)
    {
        var root = new RootCommand(say[
            "Generates and edits images with the Nano Banana models of IMA Studio. Every image costs credits.\nWithout a command, it "
                + "accepts the options of its predecessor (below).",
            "使用 IMA Studio 的 Nano Banana 模型生成和编辑图片。每张图片都会消耗积分。\n不指定命令时，可使用原程序的选项。"]);
        root.Directives.Clear();
        foreach (var option in root.Options)
        {
            option.Description = option is VersionOption ? say["show the program version", "显示程序版本"] : say["show this help", "显示帮助"];
        }

        Add(
            root,
            [
                options.TaskType,
                options.ListModels,
                options.Prompt,
                .. options.OfARequest,
                options.InputImages,
                options.Output,
                options.Narrate,
                .. options.OfEveryCommand]);
        root.SetAction((parsed, token) => run(new OriginalCommand(options).RunAsync, parsed, token));

        var prompt =
            new Argument<string[]>("PROMPT")
            {
                Arity = ArgumentArity.ZeroOrMore,
                Description = say["what the image shows; - reads standard input", "图片描述；- 表示标准输入"],
            };
        prompt.Validators.Add(CliOptions.RefuseUnknownOptions(say, options.Literals));
        var generate = new Command("generate", say["generate an image from a prompt", "根据文字生成图片"]) { prompt };
        Add(generate, [.. options.OfARequestCommand, .. options.OfAResult]);
        generate.SetAction((parsed, token) => run(new GenerateCommand(options, prompt).RunAsync, parsed, token));

        var edit = new Command("edit", say["generate an image from images and a prompt", "根据图片和文字生成图片"]) { prompt };
        Add(edit, [options.Images, .. options.OfARequestCommand, .. options.OfAResult]);
        edit.SetAction((parsed, token) => run(new GenerateCommand(options, prompt, isEdit: true).RunAsync, parsed, token));

        var quote = new Command("quote", say["show the price of a request; submits nothing", "查询价格；不扣费"]) { prompt };
        Add(quote, [options.Images, .. options.OfARequestCommand]);
        quote.SetAction((parsed, token) => run(new QuoteCommand(options, prompt).RunAsync, parsed, token));

        var models = new Command("models", say["list models, prices, sizes and aspect ratios", "可用的模型、价格、尺寸和比例"]);
        Add(models, [options.TaskType]);
        models.SetAction((parsed, token) => run(new ModelsCommand(options).RunAsync, parsed, token));

        var task =
            new Argument<string>("HANDLE|ID") { Description = say["the task handle or task id, as it was printed", "输出中的任务句柄或任务 ID"] };
        var status = new Command("status", say["get the current status of a task", "查询一次任务状态"]) { task };
        status.SetAction((parsed, token) => run(new StatusCommand(task).RunAsync, parsed, token));

        var watch = new Command("watch", say["wait for a charged task; costs nothing", "等待已扣费的任务；不再消耗积分"]) { task };
        Add(watch, options.OfAResult);
        watch.SetAction((parsed, token) => run(new WatchCommand(options, task).RunAsync, parsed, token));

        var resume = new Command("resume", say["fetch charged images that were not delivered", "取回已扣费但尚未取得的图片"]);
        Add(resume, [options.Output, options.NoSave]);
        resume.SetAction((parsed, token) => run(new ResumeCommand(options).RunAsync, parsed, token));

        var file = new Argument<string>("FILE") { Description = say["the image file; - reads standard input", "图片文件；- 表示标准输入"] };
        var upload = new Command("upload", say["upload an image and print its URL", "上传图片并输出地址"]) { file };
        upload.SetAction((parsed, token) => run(new UploadCommand(options, file).RunAsync, parsed, token));

        var lines = new Argument<string>("FILE")
        {
            Description = say[
                "JSON lines ({\"prompt\":\"...\",\"size\":\"2K\"}), a .csv table with a column prompt, or a .txt file with a "
                    + "prompt per line; - reads standard input",
                "JSON 行（{\"prompt\":\"...\",\"size\":\"2K\"}）、含 prompt 列的 .csv 表格，或每行一条提示词的 .txt 文件；- 表示标准输入"],
        };
        var batch = new Command(
            "batch", say["generate an image for each line of a file; run it again to continue", "按文件逐行批量生成图片；再次运行可继续"]) { lines };
        var own = new BatchCommandOptions(say);
        Add(batch, [own.Format, own.Budget, own.Concurrency, own.Name, options.Output]);
        batch.SetAction((parsed, token) => run(new BatchCommand(options, lines, own).RunAsync, parsed, token));

        var doctor = new Command("doctor", say["check API key, hosts, product list, clock and folders", "检查密钥、主机、产品列表、时钟和文件夹"]);
        doctor.SetAction((parsed, token) => run(DoctorCommand.RunAsync, parsed, token));

        var remove = new Option<bool>("--remove") { Description = say["remove the stored key", "删除保存的密钥"] };
        var init = new Command("init", say["store an API key for later runs", "保存 API 密钥供以后使用"]) { remove };
        init.SetAction((parsed, token) => run(new InitCommand(remove).RunAsync, parsed, token));

        foreach (
            var command in (Command[])[
                generate, edit, models, quote, status, watch, resume, .. JournalCommands(say, run), upload, batch, init, doctor])
        {
            root.Add(command);
        }

        AddSimulator(root, say, run);
        AddShell(root, say, run);
        return root;
    }

    /// <summary>Does nothing if the program is built without the server.</summary>
    static partial void AddSimulator(RootCommand root, Wording say, CliRunner run);

    private static void Add(Command command, IEnumerable<Option> options)
    {
        foreach (var option in options)
        {
            command.Add(option);
        }
    }
}
