/**
 * Words that look like names of models and are not, and words that make a name believable.
 *
 * All are compared in lower case with everything but letters and digits dropped.
 */

/** Data sets, benchmarks and corpora: "ImageNet", "CIFAR-100", "C4". */
const DATA_SETS =
  "imagenet cifar cifar10 cifar100 mnist coco mscoco c4 mc4 wikitext wikitext2 wikitext103 openwebtext openwebtext2 webtext bookcorpus bookscorpus books3 thepile pile laion laion2b laion5b laion400m laion2ben jft300m jft3b jft4b webli squad glue superglue race mnli sst2 mmlu gsm8k humaneval mbpp hellaswag arc winogrande boolq piqa triviaqa naturalquestions lambada librispeech librilight voxpopuli commonvoice redpajama slimpajama starcoderdata refinedweb fineweb finewebedu dclm commoncrawl cc100 ccnet wikipedia wmt wmt14 wmt16 ptb lsun ffhq afhq afhqv2 celeba celebahq kinetics kinetics400 ade20k cityscapes vtab oscar roots oasst1 oasst flan flan1m flan5m sharegpt mlperf dawnbench mteb beir bigbench bbh kitti nyu enwik8 text8 sa1b cc3m cc12m yfcc yfcc100m inaturalist places365 pascalvoc voc2007 voc2012 lvd142m rvlcdip funsd sroie docvqa iitcdip aime aime24 math500 gpqa livecodebench swebench alpacaeval mtbench top1 top5 dolma proofpile tulu3 conll conll2003 ontonotes multinli";

/** Libraries, frameworks, formats and tools. */
const SOFTWARE =
  "pytorch tensorflow tensorflow2 jax keras flax deepspeed zero zero1 zero2 zero3 fsdp fsdp2 ddp simplefsdp megatron megatronlm megatrondeepspeed fairscale fairseq huggingface transformers accelerate nccl cuda cudnn cublas cutlass triton xla mpi openmpi slurm kubernetes docker github gitlab arxiv wandb tensorboard apex xformers vllm tensorrt onnx mlflow colab horovod composer llmfoundry nanotron torchtitan torchrun rocm oneapi python python3 numpy scipy numba ubuntu linux windows macos excel latex mkl gcp aws azure codecarbon mlco2 mosaicml";

/** Optimizers, losses, layers, tokenizers, number formats, methods of training. */
const METHODS =
  "tensor core tensorcore peft qlora adapter adapters adam adamw adafactor adagrad rmsprop sgd lamb lars lion muon shampoo sophia momentum relu gelu swiglu silu softmax layernorm rmsnorm batchnorm groupnorm rope alibi bpe bytepairencoding sentencepiece wordpiece tiktoken dropout lora dora rlhf ppo dpo grpo sft rl rlvr kd mlm nsp clm fp16 fp32 fp8 fp4 bf16 bfloat16 tf32 int8 int4 nf4 mixedprecision qkv mha gqa mqa mla moe ffn mlp cnn cnns rnn rnns lstm lstms gru grus gan gans vae vaes svm svms lda knn pca nmt nlp nlu asr tts ocr ner llm llms slm lm lms lmm mllm vlm vlms plm plms rag mcts hmm dnn dnns ann bilstm convnet convnets autoencoder tpu tpus gpus cpus gpu cpu npu asic fpga hbm nvlink nvswitch infiniband pcie roce sxm dgx hgx tdp pue mfu hfu flop flops tflops gflops pflops teraflops petaflops exaflops co2 co2e co2eq ghg sota api url pdf faq boosting backpropagation qlearning unet wordembeddings flashattention ema cfg fid bleu rouge wer perplexity";

/** Companies, institutes, places, months and other proper nouns that stand beside "model" and "train". */
const ORGANIZATIONS =
  "google googlebrain deepmind openai meta metaai facebook fair microsoft nvidia amd intel apple amazon ibm baidu tencent alibaba bytedance huawei mistralai anthropic cohere eleutherai bigscience allenai ai2 stanford mit cmu berkeley kaist epfl eth oxford cambridge toronto mila nersc synced twitter reddit youtube netflix uber cvpr iccv eccv neurips nips icml iclr acl emnlp naacl aaai ijcai interspeech icassp kdd sigir usa uk eu january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday table figure section appendix equation algorithm chapter theorem english chinese german french spanish japanese korean russian iowa quebec texas oregon virginia finland norway sweden france germany china";

export const NEVER_SUBJECTS: ReadonlySet<string> = new Set(
  [DATA_SETS, SOFTWARE, METHODS, ORGANIZATIONS].flatMap((list) => list.split(" ")),
);

/** Ordinary words that open a title or a heading without naming anything: "Training", "Results". */
export const GENERIC_WORDS: ReadonlySet<string> = new Set(
  "a an the of for on in to with and or by from at as is are was were be our we it its this that these those what why how when where which who about after all any both can could do does done each eachone efficient effective excerpt fast faster better best deep language model models large larger largest learning machine neural network networks training train trained pretraining pretrained pretraining finetuning finetuned towards toward via using use used new open more less very cost costs costing estimate estimated estimating estimates energy carbon compute computation hardware time total overall results result report technical readme card update final run runs running completed guide tutorial introduction overview abstract conclusion discussion background methods method experiments experiment experimental setup details detail implementation evaluation analysis appendix related work data dataset datasets usage install installation getting started quick start license citation acknowledgments acknowledgements references contents news notes note release releases version versions step steps stage stages phase phases example examples leaderboard configurations configuration documentation docs benchmarks benchmark benchmarking performance speed throughput memory batch size sizes name names method methods baseline baselines ours average mean sum project team paper article blog post world first second third one two three four five six seven eight nine ten main small medium base tiny huge big mini review reviews survey surveys records comparison comparing summary tutorials supplementary material materials ethics impact environmental environment statement limitations broader social budget math handy recipe recipes scratch few shot zero pre post fine tuning tuned tasks task vision text image images speech video audio code reasoning attention need understanding representation representations generation generative language languages self supervised unsupervised semi multi recognition detection segmentation classification translation question answering".split(
    " ",
  ),
);

/** Words that say how large or which member of a family a model is: "BERT-Large", "Llama 2 Chat". */
export const VARIANT_WORDS: ReadonlySet<string> = new Set(
  "nano tiny mini micro small smaller base basic medium large larger big bigger huge giant mega ultra pro plus lite light xl xxl xs xlarge xxlarge xlm instruct chat it turbo preview lightning flash max opus sonnet haiku sft dpo rl ppo ptx zero moe dense distilled distill".split(
    " ",
  ),
);

/** The comparable form of a name: "GPT-3", "GPT3" and "gpt 3" are one. */
export function foldName(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}
